package dev.prodstack.swarm.engine;

/**
 * An engine's address and who said so.
 *
 * @param address where the engine listens
 * @param origin where the address was found, for messages: {@code DOCKER_HOST}, {@code Docker context "prod"}
 */
public record EngineEndpoint(EngineAddress address, String origin) {
    @Override
    public String toString() {
        return address + " (from " + origin + ")";
    }
}
