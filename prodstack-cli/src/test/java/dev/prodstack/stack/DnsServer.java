package dev.prodstack.stack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers as Swarm's DNS does: the addresses of a name's tasks, to be believed for ten minutes. The format is that of
 * RFC 1035, section 4.
 */
final class DnsServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TIME_TO_LIVE = 600;
    private static final short TYPE_A = 1;
    private static final short CLASS_IN = 1;
    private static final short NAME_OF_THE_QUESTION = (short) 0xC00C;
    private static final short ANSWER = (short) 0x8580;
    private static final short NO_SUCH_NAME = (short) 0x8583;

    private final DatagramSocket socket;
    private final Map<String, List<String>> tasks = new ConcurrentHashMap<>();

    DnsServer() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::answerAll, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** From now on the name has these addresses, and no others. */
    void set(String name, String... addresses) {
        tasks.put(name, List.of(addresses));
    }

    private void answerAll() {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException("the name server failed", e);
                }
            }
        }
    }

    private byte[] answer(byte[] asked) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(asked);
        StringBuilder name = new StringBuilder();
        question.position(HEADER);
        for (int length = question.get(); length > 0; length = question.get()) {
            byte[] label = new byte[length];
            question.get(label);
            name.append(name.length() == 0 ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        short type = question.getShort();
        question.getShort();
        List<String> found = tasks.getOrDefault(name.toString(), List.of());
        List<String> addresses = type == TYPE_A ? found : List.of();

        ByteBuffer answer = ByteBuffer.allocate(4096)
                .putShort(question.getShort(0))
                .putShort(found.isEmpty() ? NO_SUCH_NAME : ANSWER)
                .putShort((short) 1)
                .putShort((short) addresses.size())
                .putInt(0)
                .put(asked, HEADER, question.position() - HEADER);
        for (String address : addresses) {
            answer.putShort(NAME_OF_THE_QUESTION)
                    .putShort(TYPE_A)
                    .putShort(CLASS_IN)
                    .putInt(TIME_TO_LIVE)
                    .putShort((short) 4)
                    .put(InetAddress.getByName(address).getAddress());
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
