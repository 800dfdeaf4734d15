package dev.prodstack.swarm.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer that does not end by itself, with the connection it comes over. Closing it, also while another
 * thread reads, ends the body; only what breaks without having been closed is an error.
 */
final class OwnedBody extends InputStream {
    private final DockerHttpClient.Response response;
    private final DockerHttpClient connection;
    private final InputStream in;
    private volatile boolean closed;

    OwnedBody(DockerHttpClient.Response response, DockerHttpClient connection) {
        this.response = response;
        this.connection = connection;
        this.in = response.getBody();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return closed ? -1 : in.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            if (closed) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        response.close();
        connection.close();
    }
}
