package dev.prodstack.autoscale.decision;

/**
 * What the metrics of a rule ask for together.
 *
 * @param replicas the count; says nothing if no metric is valid
 * @param valid how many metrics have data
 * @param invalid how many have none
 */
record Proposal(int replicas, int valid, int invalid) {}
