using System.Globalization;
using RtpProxy.Admin;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>What a relay could say.</summary>
internal static class Samples
{
    public static DateTimeOffset SetUpAt { get; } = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A call that fares well.</summary>
    public static SessionDetail Call(string callId, int number = 0) => new()
    {
        CallId = callId,
        FromTag = "from-" + number.ToString(CultureInfo.InvariantCulture),
        ToTag = "to-" + number.ToString(CultureInfo.InvariantCulture),
        SetUpAt = SetUpAt.AddSeconds(number),
        AgeSeconds = 320,
        Complete = true,
        RemainingSeconds = 60,
        Verdict = "ok",
        Sentence = "Both parties are heard, and each is sent what the other says.",
        Caller = Party("203.0.113.7:40000", 35_000, "The caller is heard from 203.0.113.7:40000."),
        Callee = Party("198.51.100.20:16384", 35_002, "The callee is heard from 198.51.100.20:16384."),
    };

    /// <summary>A call whose callee is never heard.</summary>
    public static SessionDetail OneWay(string callId, int number = 0)
    {
        SessionDetail call = Call(callId, number);
        return call with
        {
            Verdict = "one-way",
            Trouble = true,
            Party = "callee",
            Sentence = "The callee was signalled at 198.51.100.20:16384; nothing came from there to port 35002.",
            Callee = call.Callee with
            {
                Learned = null,
                LearnedAt = null,
                SilentSeconds = null,
                Relayed = 0,
                Sentence = "The callee was signalled at 198.51.100.20:16384; nothing came from there.",
                Figures = new StreamFigures(),
                History = [],
            },
        };
    }

    public static PartyDetail Party(string address, int port, string sentence) => new()
    {
        Local = "192.0.2.1",
        Port = port,
        Signalled = address,
        SignalledBy = "offer",
        SignalledAt = SetUpAt,
        Learned = address,
        LearnedAt = SetUpAt.AddSeconds(1),
        SendingTo = address,
        Sent = 16_000,
        SilentSeconds = 0.02,
        Relayed = 16_000,
        Sentence = sentence,
        Figures = new StreamFigures
        {
            Packets = 16_000,
            Bytes = 2_752_000,
            Expected = 16_010,
            Lost = 10,
            LossRate = 0.0006,
            JitterLast = 1.4,
            JitterMean = 1.8,
            JitterMaximum = 9.5,
            PayloadType = 0,
            Codec = "PCMU",
            ClockRate = 8_000,
            PacketMilliseconds = 20,
            Score = 4.39,
            ScoreMean = 4.40,
            ScoreMinimum = 4.11,
            ScoreMinimumAt = 125,
        },
        History = [.. Enumerable.Range(0, 64).Select(index => new IntervalPoint(
            index * 5, 5, 250, (uint)(index == 25 ? 9 : 0), 0, 1 + (index % 7), index == 25 ? 4.11 : 4.41))],
    };

    public static SessionRow Row(SessionDetail session) => new()
    {
        CallId = session.CallId,
        FromTag = session.FromTag,
        ToTag = session.ToTag,
        SetUpAt = session.SetUpAt,
        AgeSeconds = session.AgeSeconds,
        Verdict = session.Verdict,
        Trouble = session.Trouble,
        Party = session.Party,
        Sentence = session.Sentence,
        Caller = Row(session.Caller),
        Callee = Row(session.Callee),
    };

    public static HostFigures Host() => new()
    {
        Processors = 2,
        ProcessCpuSeconds = 12.5,
        ResidentBytes = 12_000_000,
        DescriptorsUsed = 40,
        DescriptorsLimit = 65_536,
        PortMin = 35_000,
        PortMax = 65_000,
        SessionsThatFit = 7_500,
        LocalPortMin = 32_768,
        LocalPortMax = 60_999,
        UdpReceiveErrors = 0,
        ClockSource = "tsc",
        LoadAverage = 0.4,
    };

    public static RelayCounters Counters() => new()
    {
        SessionsComplete = 2,
        SessionsIncomplete = 1,
        SessionsCreated = 25,
        SessionsEnded = new Dictionary<string, ulong> { ["deleted"] = 20, ["timed-out"] = 2 },
        Verdicts = new Dictionary<string, int> { ["ok"] = 2, ["one-way"] = 1 },
        SessionsInTrouble = 1,
        Received = new Dictionary<string, ulong> { ["rtp"] = 1_000, ["rtcp"] = 20 },
        Relayed = new Dictionary<string, ulong> { ["rtp"] = 990, ["rtcp"] = 18 },
        Played = 7,
        BytesReceived = 172_000,
        BytesRelayed = 170_000,
        Dropped = new Dictionary<string, ulong> { ["UnknownSource"] = 5, ["NoSession"] = 3 },
        PacketRate = 150,
        PortsUsed = 12,
        PortsLimit = 30_000,
        SessionsLimit = 5_000,
        Commands = [new("Update", "ok", 25), new("Lookup", "ok", 24), new("Delete", "E50", 1)],
        CommandSeconds = Histogram([0.001, 0.01], [40, 9, 1], [0.012, 0.045, 0.02]),
        Workers =
        [
            new(0, 2, 3.25, Histogram([0.001, 0.1], [1_000, 10, 0], [0.1, 0.02, 0])),
            new(1, 1, 1.75, Histogram([0.001, 0.1], [900, 5, 0], [0.09, 0.01, 0])),
        ],
        Scores = Histogram([2, 3, 4], [0, 1, 2, 30], [0, 2.5, 7.2, 132]),
        LossRates = Histogram([0, 0.01, 0.05], [28, 3, 1, 1], [0, 0.015, 0.03, 0.2]),
        JitterSeconds = Histogram([0.005, 0.02], [30, 2, 1], [0.06, 0.02, 0.03]),
        Recordings = 1,
        RecordsLost = 4,
        Notices = [new("unix:/run/proxy.sock", "sent", 2), new("unix:/run/proxy.sock", "lost", 1)],
        EventsLost = new Dictionary<string, ulong> { ["log"] = 0, ["admin"] = 6 },
    };

    public static Histogram Histogram(double[] bounds, ulong[] counts, double[] sums) => new(bounds, counts, sums);

    private static PartyRow Row(PartyDetail party) => new()
    {
        Address = party.Learned ?? party.Signalled,
        Packets = party.Figures.Packets,
        SilentSeconds = party.SilentSeconds,
        Codec = party.Figures.Codec,
        LossRate = party.Figures.LossRate,
        JitterMilliseconds = party.Figures.JitterLast,
        Score = party.Figures.Score,
    };
}
