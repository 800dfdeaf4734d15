package dev.prodstack.autoscale.replay;

/**
 * What replicas cost.
 *
 * @param reserved how many are paid for all the time, used or not
 * @param reservedPrice the price of one of these an hour
 * @param onDemandPrice the price of each further one an hour
 */
public record Prices(int reserved, double reservedPrice, double onDemandPrice) {
    /** Checks that nothing is negative. */
    public Prices {
        if (reserved < 0 || !(reservedPrice >= 0) || !(onDemandPrice >= 0)) {
            throw new IllegalArgumentException("prices and reserved replicas are not negative");
        }
    }

    /** These with another number of reserved replicas. */
    public Prices reserving(int count) {
        return new Prices(count, reservedPrice, onDemandPrice);
    }
}
