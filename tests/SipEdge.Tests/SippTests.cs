using System.Net;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Calls of a SIP implementation that is not ours, through the executable.</summary>
public sealed class SippTests
{
    private const int Calls = 20;

    [Theory]
    [InlineData("call", "U", "L", "D")]
    [InlineData("hold", "U", "L", "U", "L", "U", "L", "D")]
    [InlineData("cancel", "U", "D", "D")]
    [InlineData("reject", "U", "D")]
    [InlineData("refused", "U", "L", "U", "U", "D")]
    public async Task Calls_end_as_they_should_and_leave_nothing_behind(string scenario, params string[] commands)
    {
        var answers = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay relay = FakeRelay.Start("tcp", answers.Answer); // A command is sent once, however late its reply is.
        IPEndPoint callee = Sipp.FreeAddress("127.0.0.2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee, relay));
        await using Sipp uas = Sipp.Start($"uas-{scenario}", null, callee, Calls);
        await using Sipp uac = Sipp.Start($"uac-{scenario}", edge.Udp, Sipp.FreeAddress("127.0.0.3"), Calls);

        await uac.SucceedAsync();
        await uas.SucceedAsync();

        answers.LegCount.ShouldBe(0);
        foreach (IGrouping<string, string> call in relay.Commands
            .Where(command => !command.StartsWith('V'))
            .GroupBy(command => command.Split(' ')[1]))
        {
            call.Select(command => command[..1]).ShouldBe(commands);
        }

        edge.LogLines.ShouldNotContain(line => line.Contains("defect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_whose_answer_no_relay_takes_ends_at_both_phones()
    {
        var answers = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay relay = FakeRelay.Start("tcp", command => command.StartsWith('L') ? "E37" : answers.Answer(command));
        IPEndPoint callee = Sipp.FreeAddress("127.0.0.2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee, relay));
        await using Sipp uas = Sipp.Start("uas-unanchored", null, callee, Calls);
        await using Sipp uac = Sipp.Start("uac-unanchored", edge.Udp, Sipp.FreeAddress("127.0.0.3"), Calls);

        await uac.SucceedAsync();
        await uas.SucceedAsync();

        answers.LegCount.ShouldBe(0);
        edge.LogLines.ShouldNotContain(line => line.Contains("defect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Phones_give_their_password_to_register_and_to_call()
    {
        await using FakeRelay relay = FakeRelay.Start("tcp", "127.0.1.1");
        IPEndPoint callee = Sipp.FreeAddress("127.0.0.2");
        const string Users =
            """
            "digests": ["MD5", "SHA-256"], "registrar": { "domains": ["example.com"] },
            "users": [{ "name": "alice", "password": "wonderland" }],
            """;
        string configuration = Configuration(callee, relay).Replace("\"authentication\": \"none\",", Users, StringComparison.Ordinal);
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await using Sipp register = Sipp.Start("uac-register-password", edge.Udp, Sipp.FreeAddress("127.0.0.3"), 1);
        await register.SucceedAsync();

        await using Sipp uas = Sipp.Start("uas-call", null, callee, Calls);
        await using Sipp uac = Sipp.Start("uac-call-password", edge.Udp, Sipp.FreeAddress("127.0.0.3"), Calls);
        await uac.SucceedAsync();
        await uas.SucceedAsync();

        // What happened can be read in the log, and nothing else stands there.
        await edge.WaitForLogAsync("INFORMATION alice has registered sip:phone-7@127.0.0.3:");
        await edge.WaitForLogAsync(": sip:alice@example.com at 127.0.0.3:");
        await edge.WaitForLogAsync("is answered with 200");
        await edge.WaitForLogAsync("is ended from 127.0.0.3:");
        edge.LogLines.ShouldNotContain(line => line.Contains("refused", StringComparison.Ordinal) || line.Contains("wonderland", StringComparison.Ordinal));

        await using Sipp stranger = Sipp.Start("uac-call", edge.Udp, Sipp.FreeAddress("127.0.0.4"), 1);
        (await stranger.FailAsync()).ShouldContain("407");
    }

    [Fact]
    public async Task When_a_relay_is_killed_under_load_the_calls_go_on()
    {
        await using FakeRelay doomed = FakeRelay.Start("udp", "127.0.1.1");
        await using FakeRelay other = FakeRelay.Start("udp", "127.0.1.2");
        IPEndPoint callee = Sipp.FreeAddress("127.0.0.2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee, doomed, other));
        await using Sipp uas = Sipp.Start("uas-call", null, callee, 60);
        await using Sipp uac = Sipp.Start("uac-call", edge.Udp, Sipp.FreeAddress("127.0.0.3"), 60);

        await Eventually.TrueAsync(() => doomed.Commands.Any(command => command.StartsWith('L')));
        doomed.Kill();

        await uac.SucceedAsync();
        await uas.SucceedAsync();
        edge.LogLines.ShouldNotContain(line => line.Contains("refused with 503", StringComparison.Ordinal));
    }

    private static string Configuration(IPEndPoint callee, params FakeRelay[] relays) =>
        $$"""
        {
          "listen": [{ "address": "127.0.0.1", "port": 0 }],
          "authentication": "none",
          "relays": { "sockets": ["{{string.Join(' ', relays.Select(relay => relay.Url))}}"] },
          "nextHop": "sip:{{callee}}"
        }
        """;
}
