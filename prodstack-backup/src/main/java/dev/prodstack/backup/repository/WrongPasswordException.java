package dev.prodstack.backup.repository;

import java.io.IOException;
import java.io.Serial;

/** No key file of the repository opens with the password. */
public final class WrongPasswordException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    WrongPasswordException(String location, int keys) {
        super("The password is wrong: none of the " + keys + " keys of the repository at " + location
                + " opens with it. Try the password that the repository was made with, or another that was added.");
    }
}
