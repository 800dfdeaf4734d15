package dev.prodstack.autoscale.telemetry;

import dev.prodstack.autoscale.Account;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accounts as data, as logs and commands print them. */
public final class AccountData {
    private AccountData() {}

    /** The fields of an account. */
    public static Map<String, Data> of(Account account) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("verdict", Data.of(account.verdict().word()));
        fields.put("outcome", Data.of(account.outcome()));
        fields.put("current", Data.of(account.current()));
        fields.put("replicas", Data.of(account.replicas()));
        fields.put("wanted", Data.of(account.wanted()));
        fields.put("running", Data.of(account.running()));
        fields.put("min", Data.of(account.bounds().min()));
        fields.put("max", Data.of(account.bounds().max()));
        List<Data> reasons = account.steps().stream()
                .map(step -> {
                    Map<String, Data> reason = new LinkedHashMap<>();
                    reason.put("code", Data.of(step.code()));
                    reason.put("text", Data.of(step.text()));
                    return Data.of(reason);
                })
                .toList();
        fields.put("reasons", Data.of(reasons));
        return fields;
    }
}
