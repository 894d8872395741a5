using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>statistics</c> (ng protocol): of sessions of both protocols.</summary>
/// <param name="uptime">Of this process.</param>
/// <param name="interfaces">Asked for when the reply is written.</param>
internal sealed class StatisticsHandler(
    NgSetting setting, TimeSpan uptime, NgClients clients, Func<IReadOnlyList<InterfaceFigures>> interfaces) : INgHandler
{
    private const double MillisecondsPerSecond = 1000;
    private const double PercentOfOne = 100;

    private readonly StatisticsOperation _operation = setting.Relay.Statistics();

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        RelayStatistics sum = _operation.Sum;
        TrafficTotals rtp = sum.Traffic(StreamKind.Rtp);
        TrafficTotals rtcp = sum.Traffic(StreamKind.Rtcp);
        ulong unanswered = sum[RelayCounter.SessionsTimedOutUnanswered];
        ulong onHold = sum[RelayCounter.SessionsTimedOutOnHold];
        ulong forced = sum[RelayCounter.SessionsAllDeleted];
        reply.WriteStatistics(new StatisticsFigures
        {
            Calls = _operation.Calls,
            Medias = _operation.Sessions,
            Rate = new RateFigures((long)sum.ReceiveRate, (long)sum.ReceiveByteRate, (long)sum.DiscardRate),
            Uptime = uptime,
            Ended = new EndedCallFigures
            {
                Ended = (long)sum[RelayCounter.SessionsDestroyed],
                Rejected = (long)sum[RelayCounter.SessionsRefused],
                TimedOut = (long)(sum[RelayCounter.SessionsTimedOut] - unanswered - onHold),
                TimedOutSilent = (long)onHold,
                TimedOutUnanswered = (long)unanswered,
                Deleted = (long)(sum[RelayCounter.SessionsDestroyed] - sum[RelayCounter.SessionsTimedOut] - forced),
                Forced = (long)forced,
                ZeroWayStreams = (long)sum[RelayCounter.SessionsWithoutRtp] * 2,
                OneWayStreams = (long)sum[RelayCounter.SessionsWithOneWayRtp],
                TotalDuration = TimeSpan.FromSeconds(sum.TotalDurationSeconds),
            },
            Relayed = new TrafficFigures(
                (long)sum[RelayCounter.PacketsRelayed],
                (long)(rtp.RelayedBytes + rtcp.RelayedBytes),
                (long)sum[RelayCounter.PacketsDiscarded]),
            Mos = SumsOf(sum.Histogram(QualityMeasure.Score), 1),
            Jitter = SumsOf(sum.Histogram(QualityMeasure.Jitter), MillisecondsPerSecond),
            PacketLoss = SumsOf(sum.Histogram(QualityMeasure.LossRatio), PercentOfOne),
            PacketsLost = (long)sum[RelayCounter.RtpLost],
            Proxies = clients.Figures,
            Interfaces = interfaces(),
        });
    }

    private static SampleSums SumsOf(QualityHistogram histogram, double unit) => new(
        histogram.Sums.Sum() * unit, SquareTotal: null, histogram.Counts.Sum(count => (long)count));
}
