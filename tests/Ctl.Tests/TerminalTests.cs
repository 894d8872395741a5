using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Ctl.Tests;

/// <summary>What a person at a terminal sees.</summary>
public sealed class TerminalTests
{
    private const string OtherScreen = "\e[?1049h";
    private const string FirstScreen = "\e[?1049l";

    [Fact]
    public async Task Watching_draws_over_itself_and_leaves_the_last_table_below_what_stood_there_before()
    {
        await using FakeRelay relay = FakeRelay.Start();
        using var terminal = PseudoTerminal.Start(80, "stats", "-s", relay.Url, "npkts_rcvd", "--watch", "0.1", "--count", "3");

        (await terminal.EndAsync()).ShouldBe(0);

        string seen = terminal.Seen;
        seen.ShouldContain(OtherScreen);
        seen.ShouldNotContain("\e[3J"); // That would erase what the terminal remembers.
        seen.Split("\e[H").Length.ShouldBe(4);
        string[] left = seen[seen.IndexOf(FirstScreen, StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        left[0].ShouldEndWith("per s");
        left[1].ShouldStartWith("npkts_rcvd");
    }

    [Fact]
    public async Task A_table_that_is_higher_than_the_window_says_so()
    {
        await using FakeRelay relay = FakeRelay.Start();
        using var terminal = PseudoTerminal.Start(80, "stats", "-s", relay.Url, "--watch", "0.1", "--count", "1");

        (await terminal.EndAsync()).ShouldBe(0);

        terminal.Seen.ShouldContain("... 7 more lines");
    }

    [Fact]
    public async Task The_interrupt_key_gives_the_screen_back()
    {
        await using FakeRelay relay = FakeRelay.Start();
        using var terminal = PseudoTerminal.Start(80, "top", "-s", relay.Url, "-s", "udp:127.0.0.1:9", "--interval", "0.1");
        await Eventually.TrueAsync(() => terminal.Seen.Contains("troubled nodes", StringComparison.Ordinal));
        terminal.Seen.ShouldNotContain(FirstScreen);
        terminal.Seen.Split('\n').ShouldContain(line => line.StartsWith("udp:127.0.0.1:9 ", StringComparison.Ordinal)); // In one piece.

        terminal.Type("\x03");

        (await terminal.EndAsync()).ShouldBe(130);
        terminal.Seen.ShouldContain(FirstScreen);
    }

    [Fact]
    public async Task Facts_are_broken_between_them()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", command =>
            command.StartsWith("Qv call ft;1", StringComparison.Ordinal) || command.StartsWith("Qv call - ft;1", StringComparison.Ordinal)
                ? "ttl=59 npkts_ina=20 npkts_ino=25 nrelayed=45 ndropped=0 rtpa_nsent=21 rtpa_nlost=1 rtpa_ndups=2 rtpa_perrs=3 longest_ipi=0.04"
                : "E50");
        using var terminal = PseudoTerminal.Start(60, "session", "-s", relay.Url, "call", "ft");

        (await terminal.EndAsync()).ShouldBe(0);

        string[] lines = terminal.Seen.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.Length <= 60 || line.Contains("call call", StringComparison.Ordinal));
        lines.ShouldContain("      1 of 21 lost on the way to us (4.8 %), 2 came twice,");
    }

    [Fact]
    public async Task A_reply_cannot_play_with_the_terminal()
    {
        await using FakeRelay relay = FakeRelay.Start("tcp", _ => "\e]0;owned\a");
        using var terminal = PseudoTerminal.Start(80, "send", "-s", relay.Url, "V");

        (await terminal.EndAsync()).ShouldBe(0);

        terminal.Seen.ShouldContain(".]0;owned.");
    }

    [Fact]
    public async Task Unix_sockets_go_by_their_file_where_that_tells_them_apart()
    {
        await using FakeRelay one = FakeRelay.Start("unix");
        await using FakeRelay other = FakeRelay.Start("cunix");

        CtlProcess run = await CtlProcess.RunAsync("stats", "-s", one.Url, "-s", other.Url, "npkts_rcvd");

        run.Lines[0].ShouldNotContain('/');
        run.Lines[0].ShouldContain(Path.GetFileName(one.Url));
        run.Lines[0].ShouldContain(Path.GetFileName(other.Url));
    }
}
