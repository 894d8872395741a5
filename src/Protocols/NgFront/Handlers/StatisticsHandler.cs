using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>statistics</c> (ng protocol, section 7.5): of sessions of both protocols.</summary>
/// <param name="uptime">Of this process.</param>
internal sealed class StatisticsHandler(NgSetting setting, TimeSpan uptime) : INgHandler
{
    private readonly StatisticsOperation _operation = setting.Relay.Statistics();

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        RelayStatistics sum = _operation.Sum;
        TrafficTotals rtp = sum.Traffic(StreamKind.Rtp);
        TrafficTotals rtcp = sum.Traffic(StreamKind.Rtcp);
        reply.WriteStatistics(new StatisticsFigures
        {
            Calls = _operation.Calls,
            Medias = _operation.Sessions,
            Rate = new RateFigures((long)sum.ReceiveRate, 0, 0),
            Uptime = uptime,
            Ended = new EndedCallFigures
            {
                Ended = (long)sum[RelayCounter.SessionsDestroyed],
                TimedOut = (long)sum[RelayCounter.SessionsTimedOut],
                Deleted = (long)(sum[RelayCounter.SessionsDestroyed] - sum[RelayCounter.SessionsTimedOut]),
                ZeroWayStreams = (long)sum[RelayCounter.SessionsWithoutRtp] * 2,
                OneWayStreams = (long)sum[RelayCounter.SessionsWithOneWayRtp],
                TotalDuration = TimeSpan.FromSeconds(sum.TotalDurationSeconds),
            },
            Relayed = new TrafficFigures(
                (long)sum[RelayCounter.PacketsRelayed],
                (long)(rtp.RelayedBytes + rtcp.RelayedBytes),
                (long)sum[RelayCounter.PacketsDiscarded]),
        });
    }
}
