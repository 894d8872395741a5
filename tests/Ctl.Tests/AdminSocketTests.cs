using System.Diagnostics;
using RtpProxy.Admin;
using RtpProxy.TestKit.Controllers;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Ctl.Tests;

/// <summary>Where admin sockets are found, and what happens when they are not well.</summary>
public sealed class AdminSocketTests
{
    private const string Counts = "ttl=59 npkts_ina=0 npkts_ino=0 nrelayed=0 ndropped=0";

    [Fact]
    public async Task The_environment_names_admin_sockets_where_no_option_names_a_relay()
    {
        await using FakeAdmin one = FakeAdmin.Start(_ => new AdminReply { Session = [SampleCalls.OneWay()] });
        await using FakeAdmin other = FakeAdmin.Start(_ => new AdminReply { Session = [] });

        CtlProcess run = await CtlProcess.RunWithAsync("RTPPROXY_ADMIN", $"{one.Url}:{other.Path}", "why", "--timeout", "30", "call");

        run.ExitCode.ShouldBe(27);
        run.Output.ShouldStartWith($"{one.Url}: one-way: ");
    }

    [Fact]
    public async Task An_environment_that_names_none_is_a_wrong_command_line()
    {
        CtlProcess run = await CtlProcess.RunWithAsync("RTPPROXY_ADMIN", new string('x', 200), "why", "call");

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("RTPPROXY_ADMIN: ");
        run.Errors.ShouldContain("expected unix:PATH");
    }

    [Theory]
    [InlineData("rtp.sock", "rtp.admin.sock")]
    [InlineData("rtp", "rtp.admin")]
    [InlineData("rtp/rtp.sock", "rtp/admin.sock")]
    public async Task The_admin_socket_beside_the_control_socket_is_found(string control, string admin)
    {
        using WorkingDirectory directory = new();
        Directory.CreateDirectory(Path.GetDirectoryName(directory.File(admin))!);
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply { Session = [SampleCalls.OneWay()] }, directory.File(admin));

        CtlProcess run = await CtlProcess.RunAsync("why", "--timeout", "30", "-s", $"unix:{directory.File(control)}", "call");

        (run.ExitCode, run.Errors).ShouldBe((27, ""));
    }

    [Fact]
    public async Task An_admin_socket_that_a_daemon_left_behind_is_passed_over_and_one_that_was_named_is_not()
    {
        await using FakeRelay relay = FakeRelay.Start(
            "unix", command => command.Contains(";1", StringComparison.Ordinal) ? "E50" : command.Contains("rtpa", StringComparison.Ordinal) ? "E62" : Counts);
        string path = relay.Url["unix:".Length..];
        string left = path.Replace(".sock", ".admin.sock", StringComparison.Ordinal);
        await File.WriteAllTextAsync(left, "", TestContext.Current.CancellationToken);
        try
        {
            CtlProcess found = await CtlProcess.RunAsync("session", "-s", relay.Url, "call", "ft");
            CtlProcess named = await CtlProcess.RunAsync("session", "-s", relay.Url, "--admin", left, "call", "ft");

            found.ExitCode.ShouldBe(0);
            found.Lines[^1].ShouldStartWith("  not known: addresses, scores, refused sources");
            named.ExitCode.ShouldBe(3);
            named.Errors.ShouldContain("Connection refused");
        }
        finally
        {
            File.Delete(left);
        }
    }

    [Theory]
    [InlineData("unix", "ping")]
    [InlineData("cunix", "ping")]
    [InlineData("unix", "stats")]
    [InlineData("unix", "send", "V")]
    [InlineData("unix", "why", "call", "ft")]
    public async Task An_admin_socket_that_is_given_as_a_control_socket_is_told_as_that(string transport, params string[] verb)
    {
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply());

        CtlProcess run = await CtlProcess.RunAsync([.. verb, "--timeout", "3", "-s", $"{transport}:{relay.Path}"]);

        run.ExitCode.ShouldBeOneOf(1, 3);
        run.Errors.ShouldBe(
            $"rtpproxyctl: {transport}:{relay.Path}: it is an admin socket, where commands are not understood; name it by --admin, and the control socket of the relay by -s\n");
    }

    [Fact]
    public async Task An_admin_socket_that_does_not_exist_is_told_as_that()
    {
        using WorkingDirectory directory = new();
        string path = directory.File("nope");

        CtlProcess run = await CtlProcess.RunAsync("why", "-a", $"unix:{path}", "call");

        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldBe($"rtpproxyctl: unix:{path}: its admin socket {path}: there is no such socket file\n");
    }

    [Fact]
    public async Task Sockets_of_both_kinds_in_the_same_place_are_one_relay()
    {
        await using FakeRelay control = FakeRelay.Start();
        await using FakeAdmin admin = FakeAdmin.Start(_ => new AdminReply { Session = [SampleCalls.OneWay()] });

        CtlProcess run = await CtlProcess.RunAsync("session", "-s", control.Url, "--timeout", "30", "-a", admin.Url, "call");

        run.Lines[0].ShouldBe($"call call, on {control.Url}");
        control.Commands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("this is no JSON\n", 1, "not understood")]
    [InlineData("{\"id\":\"one\"}\n", 1, "not understood")]
    [InlineData("E1\n", 1, "it sent what a control socket answers; expected the admin socket (--admin) of an rtpproxy")]
    [InlineData("null\n", 1, "not understood")]
    [InlineData("{\"id\":1,\"hello\":{\"protocol\":99,\"version\":\"1\",\"node\":\"n\"}}\n", 1, "speaks version 99; expected 1")]
    [InlineData("{\"id\":1,\"done\":true}\n", 1, "does not say who it is")]
    [InlineData("{\"error\":{\"code\":\"malformed\",\"text\":\"the line is no JSON\"}}\n", 1, "the relay refused: the line is no JSON (malformed)")]
    [InlineData("{\"event\":{\"kind\":\"digit\",\"callId\":\"x\"}}\n", 3, "no reply of its admin socket in time")]
    [InlineData(null, 3, "no reply of its admin socket in time")]
    [InlineData("", 3, "the relay closed its admin socket")]
    public async Task What_is_no_answer_is_told_in_one_line(string? answer, int code, string words)
    {
        await using FakeAdmin relay = FakeAdmin.StartRaw(_ => answer);

        // Patience costs time where no answer comes, and is needed where one does.
        string timeout = words.EndsWith("in time", StringComparison.Ordinal) ? "1" : "30";
        CtlProcess run = await CtlProcess.RunAsync("session", "--admin", relay.Url, "--timeout", timeout, "call");

        (run.ExitCode, run.Output).ShouldBe((code, ""));
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain(words);
    }

    [Theory]
    [InlineData("""{"sessions":{"total":2,"matching":9,"skip":0,"rows":[null,null]}}""", "calls")]
    [InlineData("""{"sessions":{"total":-1,"matching":2147483647,"skip":-5,"rows":[]}}""", "calls")]
    [InlineData("""{"sessions":{"total":1,"matching":1,"skip":0,"rows":null}}""", "calls")]
    [InlineData("""{"sessions":{}}""", "calls")]
    [InlineData("""{"session":[null]}""", "session", "call")]
    [InlineData("""{"session":[{"callId":null}]}""", "session", "call")]
    [InlineData("""{"counters":{"commands":[null],"workers":[null],"verdicts":{"x":-1},"received":{"rtp":1}}}""", "top", "--count", "1")]
    [InlineData("""{"counters":{"workers":[{"worker":0,"sessions":0,"cpuSeconds":0,"lagSeconds":{"bounds":[],"counts":[1,2,3],"sums":[]}}]}}""", "doctor")]
    [InlineData("""{"counters":{"workers":[{"worker":0}]}}""", "doctor")]
    [InlineData("""{"counters":{}}""", "doctor")]
    [InlineData("""{"counters":null}""", "top", "--count", "1")]
    public async Task Replies_with_holes_do_no_harm(string reply, params string[] words)
    {
        await using FakeAdmin relay = FakeAdmin.StartRaw(request => request.Ask == AdminWords.Hello
            ? $$$"""{"id":{{{request.Id}}},"hello":{"protocol":1,"version":"1","node":"n"}}""" + "\n"
            : $$"""{"id":{{request.Id}},{{reply[1..]}}""" + "\n");

        CtlProcess run = await CtlProcess.RunAsync([.. words, "--timeout", "30", "--admin", relay.Url]);

        run.ExitCode.ShouldBeOneOf(0, 1, 4, 5);
        run.Errors.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task A_line_without_end_is_not_read_for_ever()
    {
        await using FakeAdmin relay = FakeAdmin.StartRaw(_ => new string('x', AdminWords.MaxReplyLength + 10));

        CtlProcess run = await CtlProcess.RunAsync("session", "--admin", relay.Url, "--timeout", "20", "call");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("too long");
    }

    [Fact]
    public async Task A_relay_that_is_slow_costs_no_more_than_the_time_out()
    {
        await using FakeAdmin relay = FakeAdmin.StartRaw(_ => null);
        var watch = Stopwatch.StartNew();

        CtlProcess run = await CtlProcess.RunAsync("calls", "--admin", relay.Url, "--timeout", "0.5");

        run.ExitCode.ShouldBe(3);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_refusal_of_the_relay_is_told_in_its_words()
    {
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply { Error = new AdminFault("busy", "too many questions at once") });

        CtlProcess run = await CtlProcess.RunAsync("calls", "--timeout", "30", "--admin", relay.Url);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldBe($"rtpproxyctl: {relay.Url}: the relay refused: too many questions at once (busy)\n");
    }

    [Fact]
    public async Task Without_an_admin_socket_a_call_is_judged_by_its_packets()
    {
        int asked = 0;
        await using FakeRelay relay = FakeRelay.Start("udp", command => command switch
        {
            _ when command.Contains(";1", StringComparison.Ordinal) => "E50",
            _ when command.Contains("ttl", StringComparison.Ordinal) || command.Contains("rtpa", StringComparison.Ordinal) => "E62",
            _ when command.StartsWith("Qv call ft", StringComparison.Ordinal) => $"ttl=59 npkts_ina={100 * ++asked} npkts_ino=0 nrelayed=0 ndropped=0",
            _ => "ttl=59 npkts_ina=0 npkts_ino=100 nrelayed=0 ndropped=0",
        });

        CtlProcess run = await CtlProcess.RunAsync("why", "-s", relay.Url, "call", "ft");

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(27);
        run.Lines[0].ShouldBe("one-way: the caller is heard, the callee never was");
        run.Lines[1].ShouldStartWith("  not known: addresses, scores");
    }

    [Fact]
    public async Task Without_an_admin_socket_the_tag_is_needed()
    {
        await using FakeRelay relay = FakeRelay.Start();

        CtlProcess run = await CtlProcess.RunAsync("session", "-s", relay.Url, "call");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("expected FROMTAG as well, or start rtpproxy with --admin");
    }
}
