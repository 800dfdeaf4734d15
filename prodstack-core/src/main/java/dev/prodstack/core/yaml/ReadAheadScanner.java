package dev.prodstack.core.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * A scanner that holds the next token until it is taken. The parser asks what the next token is up to ten times, and
 * for each answer the scanner beneath looks again whether what it has read so far may be a key.
 */
final class ReadAheadScanner implements Scanner {
    private final Scanner scanner;
    private @Nullable Token ahead;

    ReadAheadScanner(Scanner scanner) {
        this.scanner = scanner;
    }

    @Override
    public boolean hasNext() {
        return ahead != null || scanner.hasNext();
    }

    @Override
    public boolean checkToken(Token.ID choice) {
        return hasNext() && peekToken().getTokenId() == choice;
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        if (!hasNext()) {
            return false;
        }
        Token.ID next = peekToken().getTokenId();
        for (Token.ID choice : choices) {
            if (next == choice) {
                return true;
            }
        }
        return choices.length == 0;
    }

    @Override
    public Token peekToken() {
        Token token = ahead;
        if (token == null) {
            token = scanner.peekToken();
            ahead = token;
        }
        return token;
    }

    @Override
    public Token next() {
        ahead = null;
        return scanner.next();
    }

    @Override
    public void resetDocumentIndex() {
        scanner.resetDocumentIndex();
    }
}
