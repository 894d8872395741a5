using RtpProxy.Admin;

namespace RtpProxy.Ctl.Tests;

/// <summary>Calls as a relay tells them.</summary>
internal static class SampleCalls
{
    private static readonly DateTimeOffset SetUpAt = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static SessionRow Row(string callId, string verdict = "ok", int age = 10) => new()
    {
        CallId = callId,
        FromTag = "ft",
        SetUpAt = SetUpAt.AddSeconds(-age),
        AgeSeconds = age,
        Verdict = verdict,
        Trouble = verdict is not ("ok" or "waiting" or "held"),
        Sentence = $"the sentence of {verdict}",
        Caller = new PartyRow { Address = "192.0.2.1:5004", Packets = 500, LossRate = 0.0123, Score = 4.41, Codec = "PCMU" },
        Callee = new PartyRow { Packets = 0 },
    };

    public static AdminReply Page(AdminRequest request, IReadOnlyList<SessionRow> all)
    {
        SessionRow[] matching = [.. all.Where(row =>
            (request.Text is null || row.CallId.Contains(request.Text, StringComparison.OrdinalIgnoreCase))
            && (!request.Trouble || row.Trouble)
            && (request.Verdict is null || row.Verdict == request.Verdict))];
        return new AdminReply
        {
            Sessions = new SessionPage(all.Count, matching.Length, request.Skip, [.. matching.Skip(request.Skip).Take(request.Take ?? 100)]),
        };
    }

    /// <summary>The callee is not heard: a stranger is, at its port.</summary>
    public static SessionDetail OneWay(string callId = "call", string verdict = "one-way") => new()
    {
        CallId = callId,
        FromTag = "ft",
        ToTag = "tt",
        SetUpAt = SetUpAt,
        AgeSeconds = 42,
        Complete = true,
        RemainingSeconds = 59,
        Verdict = verdict,
        Trouble = verdict is not ("ok" or "waiting" or "held"),
        Party = "callee",
        Sentence = "The callee was signalled at 192.0.2.7:40000, and nothing came from there to port 35002.",
        Caller = new PartyDetail
        {
            Local = "203.0.113.5",
            Advertised = "198.51.100.2",
            Port = 35_000,
            Signalled = "192.0.2.1:5004",
            SignalledBy = "offer",
            SignalledAt = SetUpAt,
            Learned = "192.0.2.1:5006",
            LearnedAt = SetUpAt.AddSeconds(1),
            Moves = 2,
            SendingTo = "192.0.2.1:5006",
            SilentSeconds = 0.02,
            Relayed = 1990,
            Dropped = 10,
            ControlPackets = 8,
            Sentence = "The caller is heard.",
            Figures = new StreamFigures
            {
                Packets = 2000,
                Expected = 2010,
                Lost = 10,
                LossRate = 10 / 2010.0,
                Late = 4,
                DiscardRate = 4 / 2010.0,
                BurstDensity = 0.25,
                BurstMilliseconds = 120,
                GapDensity = 0.001,
                GapMilliseconds = 30_000,
                MeanLossRun = 2,
                JitterLast = 1.25,
                JitterMean = 2,
                JitterMaximum = 9.5,
                Codec = "PCMU",
                PayloadType = 0,
                PacketMilliseconds = 20,
                Score = 4.2,
                Rating = 85,
                ScoreMinimum = 3.5,
                ScoreMinimumAt = 15,
                LastInterval = new IntervalPoint(35, 5, 250, 0, 0, 1.3, 4.41),
            },
            Reported = new ReportedDetail(34, 0.02, 17, 2.5, SetUpAt.AddSeconds(40)),
            History = [.. Enumerable.Range(0, 8).Select(i => new IntervalPoint(5 * i, 5, 250, i == 3 ? 25u : 0, 0, 1 + i, i == 3 ? 2.5 : 4.41))],
        },
        Callee = new PartyDetail
        {
            Local = "203.0.113.5",
            Port = 35_002,
            Signalled = "192.0.2.7:40000",
            SignalledBy = "answer",
            SignalledAt = SetUpAt.AddSeconds(2),
            SendingTo = "192.0.2.7:40000",
            Sent = 1990,
            Refused = new RefusedDetail("192.0.2.99:4444", 57, SetUpAt.AddSeconds(41), "UnknownSource"),
            Sentence = "The callee was never heard.",
            Figures = new StreamFigures { LastInterval = new IntervalPoint(0, 5, 0, 0, 0, null, null) },
            Reported = new ReportedDetail(null, 0, 0, null, SetUpAt.AddSeconds(40)),
        },
    };
}
