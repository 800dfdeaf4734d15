package dev.prodstack.autoscale.telemetry;

import dev.prodstack.autoscale.Account;
import dev.prodstack.autoscale.ControllerEvent;
import dev.prodstack.autoscale.ControllerEvent.Looked;
import dev.prodstack.autoscale.ControllerEvent.RoleChanged;
import dev.prodstack.autoscale.ControllerEvent.Trouble;
import dev.prodstack.autoscale.Look;
import dev.prodstack.autoscale.ServiceLook;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What happens, as JSON lines: each decision, or those that differ from the one before at the same service. */
public final class DecisionLog implements Consumer<ControllerEvent> {
    private final Consumer<String> lines;
    private final Detail detail;
    private final Map<String, String> said = new HashMap<>();

    /** How much is written. */
    public enum Detail {
        /** Every decision. */
        ALL,
        /** Moves, and decisions that come to something else, or for other reasons, than the one before. */
        CHANGES
    }

    /**
     * A log.
     *
     * @param lines takes each line, without its line end
     */
    public DecisionLog(Detail detail, Consumer<String> lines) {
        this.detail = detail;
        this.lines = lines;
    }

    @Override
    public void accept(ControllerEvent event) {
        if (event instanceof Looked looked) {
            Look look = looked.look();
            look.services().forEach(its -> decision(look, its));
            look.missing().forEach(service -> missing(look, service));
        } else if (event instanceof Trouble trouble) {
            Map<String, Data> line = line(trouble.time().toString(), "trouble");
            line.put("kind", Data.of(trouble.kind().word()));
            line.put("why", Data.of(trouble.why()));
            write(line);
        } else if (event instanceof RoleChanged change) {
            said.clear();
            Map<String, Data> line = line(change.time().toString(), "role");
            line.put("role", Data.of(change.role().name().toLowerCase(Locale.ROOT)));
            line.put("leader", Data.of(change.leader()));
            write(line);
        }
    }

    private void missing(Look look, String service) {
        if (isNews(service, "missing")) {
            Map<String, Data> line = line(look.time().toString(), "missing");
            line.put("stack", Data.of(look.stack()));
            line.put("service", Data.of(service));
            write(line);
        }
    }

    private void decision(Look look, ServiceLook service) {
        Account account = service.account();
        List<String> codes = account.steps().stream().map(Account.Step::code).toList();
        String gist = account.verdict() + " " + account.current() + " " + account.wanted() + " " + account.outcome()
                + " " + codes;
        if (!isNews(service.service(), gist) && service.outcome() != ServiceLook.Plain.SCALED) {
            return;
        }
        Map<String, Data> line = line(look.time().toString(), "decision");
        line.put("stack", Data.of(look.stack()));
        line.put("service", Data.of(service.service()));
        line.putAll(AccountData.of(account));
        write(line);
    }

    private boolean isNews(String service, String gist) {
        return !gist.equals(said.put(service, gist)) || detail == Detail.ALL;
    }

    private static Map<String, Data> line(String time, String event) {
        Map<String, Data> line = new LinkedHashMap<>();
        line.put("time", Data.of(time));
        line.put("event", Data.of(event));
        return line;
    }

    private void write(Map<String, Data> line) {
        lines.accept(JsonText.compact(Data.of(line)));
    }
}
