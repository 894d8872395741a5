using System.Text.Json;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Ctl.Tests;

public sealed class SessionTests
{
    private const string FirstEleven =
        "ttl npkts_ina npkts_ino nrelayed ndropped rtpa_nsent rtpa_nrcvd rtpa_ndups rtpa_nlost rtpa_perrs longest_ipi";

    private static readonly Dictionary<string, string> Daemon = new()
    {
        ["Qv call ft;1 -"] = "ttl=59 npkts_ina=20 npkts_ino=25 nrelayed=45 ndropped=0",
        [$"Qv call ft;1 - {FirstEleven}"] =
            "ttl=59 npkts_ina=20 npkts_ino=25 nrelayed=45 ndropped=0 rtpa_nsent=21 rtpa_nrcvd=20 rtpa_ndups=2 rtpa_nlost=1 rtpa_perrs=3 longest_ipi=0.040000",
        ["Qv call ft;1 - rtpa_jlast rtpa_jmax rtpa_javg"] = "rtpa_jlast=1.000000 rtpa_jmax=9.500000 rtpa_javg=2.200000",
        [$"Qv call - ft;1 {FirstEleven}"] =
            "ttl=59 npkts_ina=25 npkts_ino=20 nrelayed=45 ndropped=0 rtpa_nsent=25 rtpa_nrcvd=25 rtpa_ndups=0 rtpa_nlost=0 rtpa_perrs=0 longest_ipi=0.021000",
        ["Qv call - ft;1 rtpa_jlast rtpa_jmax rtpa_javg"] = "rtpa_jlast=0.000000 rtpa_jmax=0.000000 rtpa_javg=0.000000",
    };

    [Fact]
    public async Task Both_legs_are_told_in_words()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", command => Daemon.GetValueOrDefault(command, "E50"));

        CtlProcess run = await CtlProcess.RunAsync("session", "-s", relay.Url, "call", "ft");

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldBe(
        [
            $"call call, medium 1, on {relay.Url}",
            "  ends in 59 s unless media comes; 45 packets relayed; 0 dropped",
            "  caller (ft;1): 20 packets received, 1 of 21 lost on the way to us (4.8 %), 2 came twice, 3 were no RTP, longest gap 0.040 s, jitter 1.0 now, 2.2 on average, 9.5 at most (timestamp units)",
            "  callee: 25 packets received, 0 of 25 lost on the way to us (0.0 %), 0 came twice, 0 were no RTP, longest gap 0.021 s, jitter 0.0 now, 0.0 on average, 0.0 at most (timestamp units)",
            "  not known: addresses, scores, refused sources and the verdict's reason are told by the admin socket only; start rtpproxy with --admin unix:PATH, and name it here by --admin",
        ]);
    }

    [Fact]
    public async Task The_node_that_has_the_call_answers_for_all()
    {
        await using FakeRelay without = FakeRelay.Start("tcp", _ => "E50");
        await using FakeRelay with = FakeRelay.Start("udp", command => Daemon.GetValueOrDefault(command, "E50"));

        CtlProcess run = await CtlProcess.RunAsync("session", "--json", "-s", without.Url, "-s", with.Url, "call", "ft");

        run.ExitCode.ShouldBe(0);
        using JsonDocument json = JsonDocument.Parse(run.Lines.ShouldHaveSingleItem());
        json.RootElement.GetProperty("socket").GetString().ShouldBe(with.Url);
        json.RootElement.GetProperty("medium").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("callee").GetProperty("npkts_ina").GetInt32().ShouldBe(25);
    }

    [Fact]
    public async Task An_old_daemon_tells_its_five_counters()
    {
        await using FakeRelay relay = FakeRelay.Start("unix", command => command switch
        {
            "Qv call ft -" => "ttl=5 npkts_ina=1 npkts_ino=2 nrelayed=3 ndropped=4",
            "Qv call - ft" => "ttl=5 npkts_ina=2 npkts_ino=1 nrelayed=3 ndropped=4",
            _ => command.Contains("ft;", StringComparison.Ordinal) ? "E50" : "E62",
        });

        CtlProcess run = await CtlProcess.RunAsync("session", "-s", relay.Url, "call", "ft");

        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldContain("  callee: 2 packets received");
    }

    [Fact]
    public async Task An_unknown_call_ends_with_1_and_one_line()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", _ => "E50");

        CtlProcess run = await CtlProcess.RunAsync("session", "-s", relay.Url, "nosuch", "ft");

        (run.ExitCode, run.Output).ShouldBe((1, ""));
        run.Errors.ShouldBe("rtpproxyctl: no session of call 'nosuch' and tag 'ft'; expected the tag of the first U\n");
    }
}
