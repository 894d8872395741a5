using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Ctl.Tests;

/// <summary><c>session</c>, <c>why</c> and <c>calls</c> where the relay has an admin socket.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task Both_legs_are_told_with_their_addresses_figures_and_the_stranger_that_was_refused()
    {
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply { Session = [SampleCalls.OneWay()] });

        CtlProcess run = await CtlProcess.RunWithAsync("TZ", "UTC", "session", "--timeout", "30", "--admin", relay.Url, "call");

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldBe(
        [
            $"call call, on {relay.Url}",
            "  set up at 05:06:07, 42 s ago; ends in 59 s unless media comes",
            "  one-way: The callee was signalled at 192.0.2.7:40000, and nothing came from there to port 35002.",
            "  caller (ft): The caller is heard.",
            "    signalled   192.0.2.1:5004, by its offer at 05:06:07",
            "    heard at    192.0.2.1:5006, since 05:06:08, moved 2 times",
            "    our port    203.0.113.5:35000, told as 198.51.100.2",
            "    we send to  192.0.2.1:5006: 0 packets",
            "    received    2000 packets of PCMU, 20 ms each, the last 0.0 s ago; 1990 relayed to the callee, 10 dropped; 8 of RTCP",
            "    before us   0.5 % lost (10 of 2010), 0.2 % late (4), jitter 1.3 ms now, 2.0 on average, 9.5 at most",
            "    bursts      25.0 % bad in bursts of 120 ms, 0.1 % in gaps of 30000 ms; 2.0 lost in a row",
            "    lately      in 5 s: 250 packets, 0 lost, 0 late, jitter 1.3 ms, MOS 4.41",
            "    score       MOS 4.20 (R 85.0), lowest 3.50 at 15 s",
            "    behind us   2.0 % lost (17 in all), jitter 2.5 ms, round trip 34.0 ms, by its RTCP 2.0 s ago",
            "    loss        [▁▁▁█▁▁▁▁] at most 9.1 %",
            "    jitter      [▁▁▂▂▂▂▃▃] at most 8.0 ms",
            "    score       [███▄████] at least 2.50",
            "                from 05:06:07 to 05:06:47",
            "  callee (tt): The callee was never heard.",
            "    signalled   192.0.2.7:40000, by its answer at 05:06:09",
            "    heard at    nowhere yet",
            "    our port    203.0.113.5:35002",
            "    we send to  192.0.2.7:40000: 1990 packets",
            "    received    nothing so far",
            "    refused     57 datagrams, the last from 192.0.2.99:4444, 1.0 s ago: UnknownSource",
            "    lately      in 5 s: 0 packets, 0 lost, 0 late",
            "    behind us   0.0 % lost (0 in all), by its RTCP 2.0 s ago",
        ]);
        relay.Requests.ShouldHaveSingleItem().ShouldBe(new AdminRequest { Id = 2, Ask = "session", CallId = "call" });
    }

    [Fact]
    public async Task What_came_before_the_answer_is_told_and_ports_of_IPv6_addresses_can_be_read()
    {
        SessionDetail call = SampleCalls.OneWay();
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply
        {
            Session = [call with
            {
                Caller = call.Caller with { Local = "2001:db8::5", Advertised = null },
                Callee = call.Callee with { Local = "2001:db8::5", Advertised = "2001:db8::9", Early = new EarlyDetail("[2001:db8::7]:40000", 12, call.SetUpAt.AddSeconds(1)) },
            }],
        });

        CtlProcess run = await CtlProcess.RunWithAsync("TZ", "UTC", "session", "--timeout", "30", "--admin", relay.Url, "call");

        run.Lines.ShouldContain("    our port    [2001:db8::5]:35000");
        run.Lines.ShouldContain("    our port    [2001:db8::5]:35002, told as 2001:db8::9");
        run.Lines.ShouldContain("    early       before the answer 12 packets of RTP, the last from [2001:db8::7]:40000 at 05:06:08: dropped");
    }

    [Fact]
    public async Task A_session_as_json_is_what_the_relay_tells()
    {
        SessionDetail session = SampleCalls.OneWay();
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply { Session = [session] });

        CtlProcess run = await CtlProcess.RunAsync("session", "--json", "--timeout", "30", "--admin", relay.Url, "call", "ft");

        run.ExitCode.ShouldBe(0);
        using JsonDocument json = JsonDocument.Parse(run.Lines.ShouldHaveSingleItem());
        json.RootElement.GetProperty("socket").GetString().ShouldBe(relay.Url);
        string told = json.RootElement.GetProperty("session").GetRawText();
        string expected = JsonSerializer.Serialize(new AdminReply { Session = [session] }, AdminJson.Default.AdminReply);
        expected.ShouldBe($$"""{"session":[{{told}}]}""");
        relay.Requests[0].Tag.ShouldBe("ft");
    }

    [Theory]
    [InlineData("ok", 0)]
    [InlineData("waiting", 10)]
    [InlineData("held", 11)]
    [InlineData("bad-quality", 20)]
    [InlineData("not-rtp", 21)]
    [InlineData("wrong-family", 22)]
    [InlineData("unreachable", 23)]
    [InlineData("private-address", 24)]
    [InlineData("refused", 25)]
    [InlineData("one-way-stopped", 26)]
    [InlineData("one-way", 27)]
    [InlineData("silent", 28)]
    [InlineData("from-the-future", 29)]
    public async Task Why_tells_the_verdict_in_a_sentence_and_by_its_exit_status(string verdict, int code)
    {
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply { Session = [SampleCalls.OneWay("call", verdict)] });

        CtlProcess run = await CtlProcess.RunAsync("why", "--timeout", "30", "--admin", relay.Url, "call");

        run.Lines.ShouldBe(
            [$"{verdict}: The callee was signalled at 192.0.2.7:40000, and nothing came from there to port 35002."]);
        (run.ExitCode, run.Errors).ShouldBe((code, ""));
    }

    [Theory]
    [InlineData("not-rtp", 0)]
    [InlineData("waiting", 10)]
    [InlineData("held", 11)]
    public async Task A_verdict_that_is_no_trouble_does_not_end_why_as_trouble(string verdict, int code)
    {
        await using FakeAdmin relay = FakeAdmin.Start(
            _ => new AdminReply { Session = [SampleCalls.OneWay("call", verdict) with { Trouble = false }] });

        CtlProcess run = await CtlProcess.RunAsync("why", "--timeout", "30", "--admin", relay.Url, "call");

        run.Output.ShouldStartWith($"{verdict}: ");
        (run.ExitCode, run.Errors).ShouldBe((code, ""));
    }

    [Fact]
    public async Task Of_several_media_the_worst_verdict_counts()
    {
        await using FakeAdmin relay = FakeAdmin.Start(
            _ => new AdminReply { Session = [SampleCalls.OneWay("call", "silent"), SampleCalls.OneWay("call", "ok")] });

        CtlProcess run = await CtlProcess.RunAsync("why", "--json", "--timeout", "30", "--admin", relay.Url, "call");

        run.ExitCode.ShouldBe(28);
        run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString()).ShouldBe(["silent", "ok"]);
    }

    [Fact]
    public async Task A_call_that_no_relay_has_ends_with_1_and_one_line()
    {
        await using FakeAdmin one = FakeAdmin.Start(_ => new AdminReply { Session = [] });
        await using FakeAdmin other = FakeAdmin.Start(_ => new AdminReply { Session = [] });

        foreach (string verb in (string[])["session", "why"])
        {
            CtlProcess run = await CtlProcess.RunAsync(verb, "--timeout", "30", "--admin", one.Url, "--admin", other.Url, "nosuch");

            (run.ExitCode, run.Output).ShouldBe((1, ""));
            run.Errors.ShouldBe("rtpproxyctl: no session of call 'nosuch'\n");
        }
    }

    [Fact]
    public async Task Calls_of_several_relays_are_one_list_with_those_in_trouble_first()
    {
        await using FakeAdmin one = FakeAdmin.Start(request => SampleCalls.Page(
            request, [SampleCalls.Row("one-b", "one-way", 20), SampleCalls.Row("one-a", "ok", 99)]));
        await using FakeAdmin other = FakeAdmin.Start(request => SampleCalls.Page(
            request, [SampleCalls.Row("other-c", "silent", 5), SampleCalls.Row("other-d", "ok", 100)]));

        CtlProcess run = await CtlProcess.RunAsync("calls", "--once", "--timeout", "30", "--admin", one.Url, "--admin", other.Url);

        (run.ExitCode, run.Errors).ShouldBe((0, ""));
        run.Lines[0].ShouldStartWith("verdict");
        run.Lines.Skip(1).Select(line => line.Split(' ')[^1]).ShouldBe(["other-c", "one-b", "other-d", "one-a"]);
        run.Lines[2].ShouldStartWith("one-way            20 s     500  1.2% 4.41       0     -    - admin-");
    }

    [Fact]
    public async Task Calls_are_filtered_and_sorted_by_the_relay_and_read_page_by_page()
    {
        SessionRow[] all = [.. Enumerable.Range(0, 2500).Select(i => SampleCalls.Row($"call-{i}", i % 2 == 0 ? "silent" : "ok"))];
        await using FakeAdmin relay = FakeAdmin.Start(request => SampleCalls.Page(request, all));

        CtlProcess run = await CtlProcess.RunAsync(
            "calls", "--json", "--timeout", "30", "--admin", relay.Url, "--filter", "CALL", "--verdict", "silent", "--trouble", "--sort", "oldest");

        run.ExitCode.ShouldBe(0);
        run.Lines.Count.ShouldBe(1250);
        JsonElement last = JsonDocument.Parse(run.Lines[^1]).RootElement;
        last.GetProperty("call").GetProperty("callId").GetString().ShouldBe("call-2498");
        last.GetProperty("socket").GetString().ShouldBe(relay.Url);
        relay.Requests.Select(request => (request.Skip, request.Take)).ShouldBe([(0, 1000), (1000, 1000)]);
        relay.Requests.ShouldAllBe(request => request.Text == "CALL" && request.Verdict == "silent" && request.Trouble && request.Sort == "oldest");
    }

    [Fact]
    public async Task So_many_calls_are_listed_as_are_wanted()
    {
        await using FakeAdmin relay = FakeAdmin.Start(request => SampleCalls.Page(request, [SampleCalls.Row("a"), SampleCalls.Row("b"), SampleCalls.Row("c")]));

        CtlProcess run = await CtlProcess.RunAsync("calls", "--json", "--limit", "2", "--timeout", "30", "--admin", relay.Url);

        run.Lines.Count.ShouldBe(2);
        relay.Requests.ShouldHaveSingleItem().Take.ShouldBe(2);
    }

    [Fact]
    public async Task Names_alone_are_for_other_programs()
    {
        await using FakeAdmin relay = FakeAdmin.Start(request => SampleCalls.Page(
            request, [SampleCalls.Row("a@b"), SampleCalls.Row("a@b"), SampleCalls.Row("-c")]));

        CtlProcess run = await CtlProcess.RunAsync("calls", "--names", "--timeout", "30", "--admin", relay.Url);

        run.Output.ShouldBe("a@b\n-c\n");
    }

    [Fact]
    public async Task A_relay_without_an_admin_socket_tells_how_many_calls_it_has_and_what_is_missing()
    {
        await using FakeRelay original = FakeRelay.Start("udp", _ =>
            "sessions created: 9\nactive sessions: 3\nactive streams: 6\npackets received: 1\npackets transmitted: 1");

        CtlProcess run = await CtlProcess.RunAsync("calls", "-s", original.Url);

        (run.ExitCode, run.Output).ShouldBe((0, ""));
        run.Errors.ShouldStartWith($"rtpproxyctl: {original.Url}: 3 active; calls are listed by the admin socket only");
    }

    [Fact]
    public async Task A_name_that_plays_with_the_terminal_is_shown_harmless()
    {
        const string Hostile = "\e[2J\u202egpj.exe\u2028<script>\u0085";
        await using FakeAdmin relay = FakeAdmin.Start(request => request.Ask == AdminWords.Sessions
            ? SampleCalls.Page(request, [SampleCalls.Row(Hostile)])
            : new AdminReply { Session = [SampleCalls.OneWay(Hostile)] });

        foreach (string[] words in (string[][])[["calls"], ["session", Hostile], ["why", "x"]])
        {
            CtlProcess run = await CtlProcess.RunAsync([.. words, "--timeout", "30", "--admin", relay.Url]);

            run.Output.ShouldNotBeEmpty();
            run.Output.ShouldNotContain('\e');
            run.Output.ShouldNotContain('\u202e');
            run.Output.ShouldNotContain('\u2028');
            run.Output.ShouldNotContain('\u0085');
        }
    }

    [Fact]
    public async Task A_name_of_another_alphabet_is_asked_for_and_shown_as_it_was_typed()
    {
        string wire = System.Text.Encoding.Latin1.GetString("ünïcode-電話"u8);
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply { Session = [SampleCalls.OneWay(wire)] });

        CtlProcess run = await CtlProcess.RunAsync("session", "--timeout", "30", "--admin", relay.Url, "ünïcode-電話");

        relay.Requests[0].CallId.ShouldBe(wire);
        run.Lines[0].ShouldBe($"call ünïcode-電話, on {relay.Url}");
    }
}
