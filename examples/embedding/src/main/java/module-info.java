/** A shop's own tool, built on prodstack. */
module com.example.shop {
    requires dev.prodstack.core;
    requires dev.prodstack.swarm;
}
