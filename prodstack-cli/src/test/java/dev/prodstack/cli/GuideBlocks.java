package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests the blocks that guides leave to them ({@code <!-- run by: TestClass.method -->}), in the guide's order,
 * one for each parameter of that type; a test that has left a line out fails.
 */
final class GuideBlocks implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace HANDED_OUT = Namespace.create(GuideBlocks.class);

    GuideBlocks() {}

    /** The parameters of a test that are blocks. */
    static List<Parameter> wanted(Method test) {
        return Stream.of(test.getParameters())
                .filter(parameter -> parameter.getType() == GuideBlock.class)
                .toList();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GuideBlock.class;
    }

    @Override
    public GuideBlock resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Method test = context.getRequiredTestMethod();
        String name = test.getDeclaringClass().getSimpleName() + "." + test.getName();
        int index = wanted(test).indexOf(parameter.getParameter());
        try {
            List<GuideBlock> blocks = Guides.runBy(name);
            assertThat(blocks).as("blocks that a guide leaves to " + name).hasSameSizeAs(wanted(test));
            context.getStore(HANDED_OUT).put(index, blocks.get(index));
            return blocks.get(index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            for (int i = 0; i < wanted(context.getRequiredTestMethod()).size(); i++) {
                context.getStore(HANDED_OUT).get(i, GuideBlock.class).assertThatAllRan();
            }
        }
    }
}
