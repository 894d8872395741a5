using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>Does what a latch decided: counts a stranger, or tells and acts when a party was settled somewhere.</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class Admission(Players players, RelayStatistics statistics, IEventSink events)
{
    private const int MaxMovesTold = 10; // of a stream; a sender can move with every packet

    /// <summary>Whether a packet goes on; where not, it ends here.</summary>
    public bool Admits(in Passage passage, LatchVerdict verdict)
    {
        if (verdict == LatchVerdict.Accepted)
        {
            return true;
        }

        RelayStream stream = passage.Stream;
        if (verdict == LatchVerdict.Refused)
        {
            if (stream.Ignored == 0)
            {
                events.On(new RelayEvent.StrangerRefused(stream, passage.Source));
            }

            stream.State.Refusals.Note(passage.Source, AddressBelief.Believed, passage.Now);
            statistics.CountDrop(stream, DropReason.UnknownSource);
            return false;
        }

        if (verdict == LatchVerdict.Recovered && stream.Moves < MaxMovesTold)
        {
            events.On(new RelayEvent.StrangerDisplaced(stream, stream.Leg.RtpLatch.LeftSource));
        }

        OnSettled(passage, verdict is LatchVerdict.Moved or LatchVerdict.Recovered);
        return true;
    }

    private void OnSettled(in Passage passage, bool again)
    {
        RelayStream stream = passage.Stream;
        Leg leg = stream.Leg;
        bool isTold = stream.Moves < MaxMovesTold;
        stream.Moves += again ? 1u : 0;
        stream.State.SettledAt = passage.Now;
        if (isTold)
        {
            TellSettled(stream, passage.Source, again);
        }

        if (stream.Kind == StreamKind.Rtcp)
        {
            return;
        }

        if (leg.RtcpLatch.OnRtpLatched(passage.Source) && isTold)
        {
            events.On(new RelayEvent.RtcpPortGuessed(leg, leg.RtcpLatch.Remote.Port));
        }

        players.Wake(leg, passage.Now);
    }

    private void TellSettled(RelayStream stream, in Endpoint source, bool again)
    {
        Leg leg = stream.Leg;
        bool isRtp = stream.Kind == StreamKind.Rtp;
        events.On(new RelayEvent.Latched(
            stream, source, isRtp ? leg.RtpLatch.LastSsrc : null, isRtp ? leg.RtpLatch.LastSequence : null, again));
        Endpoint signalled = isRtp ? leg.RtpLatch.Signalled : leg.RtcpLatch.Signalled;
        if (source == stream.Remote && source != signalled)
        {
            events.On(new RelayEvent.RemoteLearned(stream, source));
        }
    }
}
