/** What a stack promises, measured by loads from jobs on its own networks. */
module dev.prodstack.load {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;
    requires com.fasterxml.jackson.databind;
    requires com.rabbitmq.client;

    exports dev.prodstack.load;
    exports dev.prodstack.load.check;
    exports dev.prodstack.load.output;
    exports dev.prodstack.load.work;
}
