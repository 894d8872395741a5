namespace RtpProxy.Ctl.Tests;

/// <summary>Wrong command lines, help and completion.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("expected 1 to 65535", "send", "-s", "udp:h:99999", "V")]
    [InlineData("did you mean udp:127.0.0.1:22222", "ping", "-s", "upd:127.0.0.1:22222")]
    [InlineData("expected 0.001 to 3600 seconds", "ping", "--timeout", "soon")]
    [InlineData("expected 1 to 100", "ping", "--transmissions", "0")]
    [InlineData("expected ADDRESS or ADDRESS:PORT", "ping", "--local", "nowhere")]
    [InlineData("there is no CALLID; expected what 'rtpproxyctl session --help' lists", "session")]
    [InlineData("-s has no value; expected SOCKET", "-s")]
    [InlineData("--timeout has no value; expected SECONDS", "ping", "--timeout")]
    [InlineData("--timeout is given 2 times; expected it once", "ping", "--timeout", "1", "--timeout", "2")]
    [InlineData("there is no SHELL; expected what", "completion")]
    [InlineData("'loud' is no order; expected trouble, ", "calls", "--sort", "loud")]
    [InlineData("'loud' is no verdict; expected ok, waiting, ", "calls", "--verdict", "loud")]
    [InlineData("'tcsh' is no shell that is known here; expected bash, zsh or fish", "completion", "tcsh")]
    [InlineData("'tcp:127.0.0.1:9' is no admin socket; expected unix:PATH", "calls", "--admin", "tcp:127.0.0.1:9")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("there is no verb; expected one of send, stats")]
    [InlineData("expected unix:PATH", "calls", "--admin", "unix:")]
    [InlineData("expected 0.001 to 3600", "doctor", "--timeout", "x")]
    [InlineData("there is no directory /nonexistent", "doctor", "--root", "/nonexistent")]
    [InlineData("expected --watch as well", "stats", "--count", "3")]
    [InlineData("--nonsense", "top", "--nonsense")]
    public async Task A_wrong_command_line_ends_with_2_and_one_line_that_says_what_was_expected(
        string words, params string[] arguments)
    {
        CtlProcess run = await CtlProcess.RunAsync(arguments);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        run.Errors.ShouldStartWith("rtpproxyctl: ");
        run.Errors.ShouldContain(words);
    }

    [Fact]
    public async Task Help_names_every_verb()
    {
        CtlProcess run = await CtlProcess.RunAsync("--help");

        run.ExitCode.ShouldBe(0);
        foreach (string verb in new[] { "send", "stats", "calls", "session", "why", "top", "doctor", "upgrade", "ping", "completion" })
        {
            run.Output.ShouldContain(verb);
        }
    }
}
