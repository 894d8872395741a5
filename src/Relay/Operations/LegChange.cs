using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// What an offer or an answer does to a session: the port that is answered, and where the party that speaks wants its media
/// (control protocol, sections 3.4, 3.5 and 6.3).
/// </summary>
internal static class LegChange
{
    /// <summary>
    /// Makes sure that the answered leg has a port, a new one if that was asked for; the session may become complete.
    /// False, with nothing changed, when no pair can be had.
    /// </summary>
    public static bool TryPreparePort(RelayWorker worker, Leg answered, LegRequest request, Instant now, OperationContext context)
    {
        LegOmissions.TellAddress(worker, answered, request);
        if (answered.Ports is not null && !request.WantsNewPort)
        {
            return true;
        }

        LocalAddress before = answered.Local;
        answered.Local = request.AddressFor(answered);
        if (!worker.Ports.TryOpen(answered))
        {
            answered.Local = before;
            return false;
        }

        context.Addresses.Remember(answered.Local);
        answered.RtpLatch.OnMentioned(now); // who was heard and must send elsewhere may get another port of its NAT for that
        worker.Life.Complete(answered.Session, now);
        answered.Evidence.ExpectedSince = now;
        return true;
    }

    /// <summary>Carries an answer out; false, with nothing changed, when the leg can have no port.</summary>
    public static bool TryAnswer(RelayWorker worker, Leg answered, LegRequest request, Instant now, OperationContext context)
    {
        if (!TryPreparePort(worker, answered, request, now, context))
        {
            return false;
        }

        if (request.IsWeak)
        {
            answered.IsWeak = true;
        }

        Session session = answered.Session;
        if (session.Caller.Ports is not null && session.Callee.Ports is not null)
        {
            worker.Life.Complete(session, now); // lines of the ng protocol have both ports from the offer on
        }

        session.RestartTimers();
        Apply(worker, session.Opposite(answered), request, SignalledBy.Answer, now);
        return true;
    }

    /// <summary>Stores what the request says of the party that speaks.</summary>
    public static void Apply(RelayWorker worker, Leg speaker, LegRequest request, SignalledBy by, Instant now)
    {
        bool asymmetric = request.IsAsymmetric ?? worker.Options.AsymmetricByDefault;
        speaker.RtpLatch.IsAsymmetric = asymmetric;
        speaker.RtcpLatch.IsAsymmetric = asymmetric;
        speaker.RtpLatch.AllowsHandover = request.AllowsHandover;
        speaker.Codecs = request.Codecs;
        LegOmissions.TellIgnored(worker, speaker.Session, request);
        SetPtime(worker, speaker, request.PtimeMilliseconds, now);
        if (request.Remote is { } endpoint)
        {
            if (endpoint.IsUnspecified)
            {
                speaker.Evidence.IsHeldByIPv6 = endpoint.IsIPv6;
                PutOnHold(worker, speaker);
            }
            else
            {
                TakeOffHold(worker, speaker, now);
                speaker.Evidence.OnSaid(endpoint, by, now);
                Prefill(worker, speaker, endpoint, request.RemoteRtcp, now);
            }
        }

        speaker.RtpLatch.OnMentioned(now);
        speaker.Session.Evidence.OnCommand(by, speaker.Side, now);
        worker.Destinations.Place(speaker);
        worker.Destinations.Place(speaker.Session.Opposite(speaker));
        worker.Destinations.TellOtherFamily(speaker);
        worker.Destinations.TellOtherFamily(speaker.Session.Opposite(speaker)); // whose port may just have been opened
        worker.Players.Wake(speaker, now);
        worker.Players.Wake(speaker.Session.Opposite(speaker), now); // whose port may just have been opened
    }

    /// <summary>
    /// A request that was carried out named the parties by their tags. The caller's is that of the session; a callee that
    /// speaks with another one than before is another phone, which a fork of the call has reached.
    /// </summary>
    public static void Name(Leg speaker, string? tag, string? otherTag)
    {
        Session session = speaker.Session;
        if (speaker.Side == Side.Callee
            && tag is not null
            && session.AnsweredTag is { } before
            && before != tag
            && speaker.RtpLatch.OnAnotherParty())
        {
            speaker.RtcpLatch.FollowSignalled();
        }

        session.OnAnsweredTag(speaker.Side == Side.Callee ? tag : otherTag);
    }

    private static void SetPtime(RelayWorker worker, Leg speaker, int? milliseconds, Instant now)
    {
        if (speaker.PtimeMilliseconds != milliseconds)
        {
            speaker.PtimeMilliseconds = milliseconds;
            worker.Resizers.Set(speaker, milliseconds, now);
            worker.World.Events.On(new RelayEvent.ResizingChanged(speaker, milliseconds));
        }
    }

    private static void Prefill(RelayWorker worker, Leg speaker, in Endpoint rtp, Endpoint? toldRtcp, Instant now)
    {
        if (!worker.Destinations.BelieveSignalled(speaker.Rtp, rtp))
        {
            return;
        }

        if (speaker.RtpLatch.OnSignalled(rtp, now))
        {
            worker.World.Events.On(new RelayEvent.RemotePrefilled(speaker.Rtp, rtp));
        }

        // RTCP goes to the next port unless another is told; where RTP goes nowhere, so does that.
        Endpoint rtcp = rtp.Port != 0 && toldRtcp is { } told ? told : rtp.WithPort((ushort)(rtp.Port == 0 ? 0 : rtp.Port + 1));
        if (worker.Destinations.BelieveSignalled(speaker.Rtcp, rtcp)
            && speaker.RtcpLatch.OnSignalled(rtcp, rtpFollows: speaker.RtpLatch.Remote == rtp))
        {
            worker.World.Events.On(new RelayEvent.RemotePrefilled(speaker.Rtcp, rtcp));
        }

        worker.Destinations.Judge(speaker);
    }

    private static void PutOnHold(RelayWorker worker, Leg speaker)
    {
        speaker.HoldCount++;
        if (!speaker.IsOnHold)
        {
            SetHold(worker, speaker, true);
        }
    }

    private static void TakeOffHold(RelayWorker worker, Leg speaker, Instant now)
    {
        if (speaker.IsOnHold)
        {
            speaker.Evidence.ExpectedSince = now;
            speaker.Session.Opposite(speaker).Evidence.ExpectedSince = now; // it had nobody to speak to
            SetHold(worker, speaker, false);
        }
    }

    private static void SetHold(RelayWorker worker, Leg speaker, bool onHold)
    {
        speaker.IsOnHold = onHold;
        worker.World.Events.On(new RelayEvent.HoldChanged(speaker.Rtp, onHold));
        worker.World.Events.On(new RelayEvent.HoldChanged(speaker.Rtcp, onHold));
    }
}
