using System.Net;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.Rtpp.Statistics;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Typed commands to the wire, and replies to values.</summary>
public sealed class RelayCommandsTests : IAsyncDisposable
{
    private readonly Dictionary<string, string> _script = [];
    private readonly FakeRelay _relay;
    private readonly RelayClient _client;

    public RelayCommandsTests()
    {
        _relay = FakeRelay.Start("tcp", command => _script.GetValueOrDefault(command, "E0"));
        _client = new RelayClient(RelayAddress.Parse(_relay.Url));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static RemoteMedia Media => new(IPAddress.Parse("192.0.2.1"), 4000);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Theory]
    [InlineData("35000", 35000, null, false)]
    [InlineData("35000 127.0.0.5", 35000, "127.0.0.5", false)]
    [InlineData("35000 2001:db8::5 6", 35000, "2001:db8::5", true)]
    public async Task An_update_answers_a_port(string reply, int port, string? address, bool isIPv6)
    {
        _script["Uc0,8 call 192.0.2.1 4000 f;1"] = reply;

        RelayAnswer<LegReply> answer = await _client.UpdateAsync(
            new UpdateCommand("call", Media, "f;1", Modifiers: new LegModifiers(Codecs: "0,8")), Stop);

        answer.Value.ShouldNotBeNull().Port.ShouldBe(new PortReply((ushort)port, address, isIPv6));
    }

    [Fact]
    public async Task Both_legs_come_from_one_command()
    {
        _script["U call 192.0.2.1 4000 f t && L 192.0.2.1 4000"] = "35000 127.0.0.5 && 35002 127.0.0.5";
        var command = new UpdateCommand("call", Media, "f", "t") { SubCommands = [new LookupSubCommand(Media)] };

        RelayAnswer<LegReply> answer = await _client.UpdateAsync(command, Stop);

        answer.Value.ShouldNotBeNull().SubCommands.Select(result => result.Text).ShouldBe(["35002 127.0.0.5"]);
    }

    [Fact]
    public async Task Zero_to_a_lookup_is_an_unknown_session_and_to_a_delete_success()
    {
        _script["L call 192.0.2.1 4000 f t"] = "0";
        _script["D call f t"] = "0";
        _script["D call x"] = "E50";

        (await _client.LookupAsync(new LookupCommand("call", Media, "f", "t"), Stop)).Status.ShouldBe(AnswerStatus.UnknownSession);
        (await _client.DeleteAsync(new DeleteCommand("call", "f", "t"), Stop)).IsDone.ShouldBeTrue();
        (await _client.DeleteAsync(new DeleteCommand("call", "x"), Stop)).Status.ShouldBe(AnswerStatus.UnknownSession);
    }

    [Theory]
    [InlineData("E72", AnswerStatus.Refused, "E72 (SessionPorts)")]
    [InlineData("E7777", AnswerStatus.Refused, "E7777")]
    [InlineData("nonsense", AnswerStatus.Unintelligible, "nonsense")]
    [InlineData("0", AnswerStatus.Unintelligible, "no answer to this command")]
    [InlineData("65536", AnswerStatus.Unintelligible, "65536")]
    public async Task What_is_no_port_is_said_in_words(string reply, AnswerStatus status, string words)
    {
        _script["U call 192.0.2.1 4000 f"] = reply;

        RelayAnswer<LegReply> answer = await _client.UpdateAsync(new UpdateCommand("call", Media, "f"), Stop);

        answer.Status.ShouldBe(status);
        answer.ToString().ShouldContain(words);
    }

    [Fact]
    public async Task A_word_that_no_command_can_say_is_not_sent()
    {
        RelayAnswer<bool> answer = await _client.DeleteAsync(new DeleteCommand("call with blanks", "f"), Stop);

        answer.Failure.ShouldBe(RelayFailure.Unwritable);
        _relay.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_command_of_the_protocol_has_its_method()
    {
        _script["V"] = "20040107";
        _script["VF 20081102"] = "1";
        _script["VF 1"] = "0";
        _script["P-1 call prompt session f;1 t;1"] = "0";
        _script["S call f;1"] = "0";
        _script["R call f t"] = "0";
        _script["Na call f"] = "0";
        _script["C call name f"] = "0";
        _script["Cp call udp:127.0.0.1:9000 f"] = "30000 127.0.0.1";
        _script["X"] = "0";

        (await _client.VersionAsync(Stop)).Value.ShouldBe("20040107");
        (await _client.SupportsAsync("20081102", Stop)).Value.ShouldBeTrue();
        (await _client.SupportsAsync("1", Stop)).ShouldSatisfyAllConditions(a => a.IsDone.ShouldBeTrue(), a => a.Value.ShouldBeFalse());
        (await _client.PlayAsync(new PlayCommand("call", "prompt", "session", "f;1", "t;1", -1), Stop)).IsDone.ShouldBeTrue();
        (await _client.StopPlayingAsync(new NoPlayCommand("call", "f;1"), Stop)).IsDone.ShouldBeTrue();
        (await _client.RecordAsync(new RecordCommand("call", "f", "t"), Stop)).IsDone.ShouldBeTrue();
        (await _client.StopRecordingAsync(new NoRecordCommand("call", "f", BothParties: true), Stop)).IsDone.ShouldBeTrue();
        (await _client.CopyAsync(new CopyCommand("call", "name", "f"), Stop)).IsDone.ShouldBeTrue();
        (await _client.CopyAsync(new CopyCommand("call", "udp:127.0.0.1:9000", "f", ReportPort: true), Stop))
            .Value.ShouldBe(new PortReply(30000, "127.0.0.1", false));
        (await _client.DeleteAllAsync(Stop)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_query_names_its_counters()
    {
        _script["Qv call f t"] = "ttl=59 npkts_ina=20 npkts_ino=25 nrelayed=45 ndropped=0";
        _script["Qv call f - longest_ipi"] = "longest_ipi=0.020000";

        RelayAnswer<IReadOnlyDictionary<string, string>> five = await _client.QueryAsync("call", "f", "t", cancellationToken: Stop);
        RelayAnswer<IReadOnlyDictionary<string, string>> one =
            await _client.QueryAsync("call", "f", names: [SessionStatistic.LongestGap], cancellationToken: Stop);

        five.Value.ShouldNotBeNull().Keys.ShouldBe(["ttl", "npkts_ina", "npkts_ino", "nrelayed", "ndropped"]);
        one.Value.ShouldNotBeNull()["longest_ipi"].ShouldBe("0.020000");
    }

    [Fact]
    public async Task Quality_is_asked_for_by_names_of_its_own()
    {
        _script["Qv call f - mos_lq_ina rtt_ino verdict"] = "mos_lq_ina=4.41 rtt_ino=- verdict=one-way";

        RelayAnswer<IReadOnlyDictionary<string, string>> quality = await _client.QueryQualityAsync(
            "call", "f", null, [QualityStatistic.ScoreOfCaller, QualityStatistic.RoundTripOfCallee, QualityStatistic.Verdict], Stop);

        quality.Value.ShouldNotBeNull()["mos_lq_ina"].ShouldBe("4.41");
        quality.Value["rtt_ino"].ShouldBe("-");
        quality.Value["verdict"].ShouldBe("one-way");
    }

    [Fact]
    public async Task Counters_that_an_older_node_does_not_know_are_left_out()
    {
        _relay.Answer = command =>
        {
            string[] names = command.Split(' ')[1..];
            names.Length.ShouldBeLessThanOrEqualTo(22);
            return ValueTask.FromResult<string?>(
                names.Contains("pps_in") || names.Contains("rtpa_nlost") ? "E68" : string.Join(' ', names.Select(name => name + "=1")));
        };
        string[] all = [.. GlobalCounterNames.All.Select(counter => counter.Text())];

        RelayAnswer<IReadOnlyDictionary<string, string>> answer = await _client.CountersAsync(all, Stop);

        answer.Value.ShouldNotBeNull().Keys.ShouldBe(all.Except(["pps_in", "rtpa_nlost"]));
    }

    [Fact]
    public async Task A_summary_is_read_by_name_whatever_else_is_in_it()
    {
        _script["I"] = "sessions created: 7\nactive sessions: 2\nactive streams: 4\npackets received: 1000\npackets transmitted: 990";

        (await _client.SummaryAsync(Stop)).Value.ShouldBe(new RelaySummary(7, 2, 4, 1000, 990));
        RelaySummary.TryParse(["active sessions: 2", "average load: 0.000000"]).ShouldBeNull();
    }
}
