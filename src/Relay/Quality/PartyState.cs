using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Quality;

/// <summary>What the evidence of one party comes to at a moment: yes and no, for the rows of verdicts.</summary>
internal readonly ref struct PartyState
{
    private readonly Leg _leg;
    private readonly ref LegEvidence _evidence;

    public PartyState(Leg leg, Instant now)
    {
        _leg = leg;
        _evidence = ref leg.Evidence;
        Now = now;
    }

    public Instant Now { get; }

    public Side Side => _leg.Side;

    /// <summary>Whatever kept it from being heard before, it has had its time since.</summary>
    public bool IsExpected => ExpectedFor >= VerdictTimes.SetUp;

    public TimeSpan ExpectedFor
    {
        get
        {
            Instant complete = _leg.Session.Evidence.CompleteAt;
            return Now - (_evidence.ExpectedSince > complete ? _evidence.ExpectedSince : complete);
        }
    }

    /// <summary>RTP came from it.</summary>
    public bool HasSpoken => _evidence.HasSpoken;

    /// <summary>RTP comes from it.</summary>
    public bool Speaks => _evidence.HasSpoken && Now - _evidence.SpokeAt <= VerdictTimes.Lately;

    /// <summary>Anything but keepalives came from it, at either port.</summary>
    public bool WasHeard => _evidence.HasSpoken || _evidence.Look != MediaLook.Unknown || _evidence.OtherRow > 0 || _leg.Rtcp.Received > 0;

    /// <summary>It speaks or has a reason not to: it saves silence, or its reports go on without saying that it does speak.</summary>
    public bool IsThere
    {
        get
        {
            if (!_evidence.HasSpoken)
            {
                return false;
            }

            TimeSpan silence = Now - _evidence.SpokeAt;
            bool isCutOff = _evidence.ClaimsAt > _evidence.SpokeAt + VerdictTimes.ClaimLag;
            return silence < VerdictTimes.Stopped
                || (!isCutOff && ReportsGoOn)
                || (!isCutOff && _evidence.SavesSilence && silence < VerdictTimes.StoppedSaving);
        }
    }

    /// <summary>Its session description asks for no media, or it hears a prompt.</summary>
    public bool IsHeld => _leg.IsOnHold || _leg.Player is not null;

    /// <summary>Its session description wants nothing sent to it.</summary>
    public bool HearsNothing => _leg.Gates.HasFlag(MediaGates.Toward);

    /// <summary>It was never said to be anywhere but at 0.0.0.0.</summary>
    public bool IsOnHoldFromStart => _leg.IsOnHold && !_evidence.Said.IsKnown;

    /// <summary>Nobody said where it is.</summary>
    public bool IsUnsaid => !_evidence.Said.IsKnown;

    /// <summary>Its description refuses the media line (RFC 3264, section 6).</summary>
    public bool IsDeclined => _evidence.Said is { IsKnown: true, Port: 0 };

    public bool IsOfOtherFamily => _leg.Ports is not null && _leg.IsOfOtherFamily(_leg.Rtp.Remote);

    public bool IsRefused => _leg.Rtp.State.Refusals.AreGoingOn(Now);

    public bool IsUnreachable => _leg.Rtp.State.Faults.IsLasting(_leg.Rtp.Remote, Now);

    /// <summary>What it sends is not RTP, and is no handshake beside RTP either.</summary>
    public bool SendsOther
    {
        get
        {
            bool isHandshake = _evidence.Look is MediaLook.Stun or MediaLook.Dtls;
            if (isHandshake && _evidence.HasSpoken)
            {
                return false;
            }

            uint enough = isHandshake ? VerdictTimes.HandshakePackets
                : _evidence.HasSpoken ? VerdictTimes.OtherPacketsAfterRtp
                : VerdictTimes.OtherPackets;
            return _evidence.OtherRow >= enough
                && Now - _evidence.OtherAt <= (isHandshake ? VerdictTimes.HandshakeLately : VerdictTimes.OtherLately);
        }
    }

    public bool SendsFax => SendsOther && _evidence.Look == MediaLook.Fax;

    /// <summary>What it sends came badly in the last interval: before us.</summary>
    public bool ComesBadly
    {
        get
        {
            ref readonly QualityState quality = ref _leg.Quality.State;
            return quality.HasInterval
                && quality.Last.Expected >= StreamQuality.MinScoredPackets
                && (quality.Last.Score is > 0 and < VerdictTimes.BadScore || LegFigures.LastLossRate(_leg) > VerdictTimes.BadLoss);
        }
    }

    /// <summary>What we send to it gets there badly, as it reports, though the other's packets came to us: behind us.</summary>
    public bool IsReachedBadly(in PartyState other)
    {
        ref readonly ReportState reports = ref _leg.Reports.State;
        return reports.HasReport
            && Now - reports.ReportAt <= VerdictTimes.Reports
            && ExpectedFor >= VerdictTimes.FirstReports
            && (reports.FractionLost / 256.0) - LegFigures.LastLossRate(other._leg) > VerdictTimes.BadLoss;
    }

    /// <summary>The last that came from it was a fax: of two machines one may be silent while the other sends its page.</summary>
    public bool SentFaxLast => _evidence is { Look: MediaLook.Fax, OtherRow: > 0 };

    private bool ReportsGoOn
    {
        get
        {
            TimeSpan usual = _leg.Rtcp.LongestInterval * 1.5;
            TimeSpan window = usual < VerdictTimes.Reports ? VerdictTimes.Reports
                : usual > VerdictTimes.ReportsAtMost ? VerdictTimes.ReportsAtMost
                : usual;
            return (_leg.Rtcp.Received > 0 && Now - _leg.Rtcp.State.LastAt <= window)
                || (_evidence.MuxedReportAt > _evidence.SpokeAt && Now - _evidence.MuxedReportAt <= window);
        }
    }

    /// <summary>
    /// Nobody can reach it where it is said to be. A program on this machine can be at loopback if the other party is there too, and
    /// at an address of ours unless the system says that nothing listens there.
    /// </summary>
    public bool IsNowhere(in PartyState other) => _evidence.Place switch
    {
        AddressPlace.Possible or AddressPlace.OwnSession => false,
        AddressPlace.Loopback => !other._leg.Rtp.Source.IsLoopback,
        AddressPlace.OwnHost => _leg.Rtp.State.Faults.IsLasting(_evidence.Said, Now),
        _ => true,
    };
}
