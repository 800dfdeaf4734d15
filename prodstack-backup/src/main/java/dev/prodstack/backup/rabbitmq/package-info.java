/**
 * RabbitMQ: a broker's definitions, as its management plugin exports them.
 *
 * <pre>{@code
 * Broker broker = new Broker(new Server("rabbitmq", 15672), new Account("admin", Path.of("/run/secrets/mq")));
 * StoredPart part = RabbitMqBackup.of(broker).to(repository, origin);
 * RabbitMqRestore.of(repository, snapshot).into(broker);
 * }</pre>
 *
 * <p>Messages are not among the definitions: they are files of the broker's, which are backed up with the broker
 * stopped.
 */
@NullMarked
package dev.prodstack.backup.rabbitmq;

import org.jspecify.annotations.NullMarked;
