using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>
/// The sequence numbers of all RTP that leaves for one party's listener, once what the party sends is or was re-framed:
/// one numbering, whatever becomes of a packet, that never goes back (media rules, section 5).
/// </summary>
/// <remarks>
/// As long as packets go on as they came they keep their distances, so losses and reordering show as they would
/// without us. From the first packet on that is cut or joined, each number is one more than the last. Owned by one worker;
/// plain data.
/// </remarks>
public sealed class OutgoingNumbers
{
    private const int MaxReordering = 32; // numbers behind the last that a packet may still fill
    private const int MaxStraggling = 536; // further back the sender began its numbers anew (media rules, section 4.2)

    private Ssrc _ssrc;
    private SequenceNumber? _last; // the highest that was given
    private SequenceNumber _givenUpTo; // up to here no number is free
    private int _offset; // from a packet's own number to the one it leaves with
    private bool _isConsecutive; // something was cut or joined
    private bool _mustFollow; // the next one follows the last, whatever its own number is

    /// <summary>Packets up to this one have left as they were.</summary>
    public void Begin(Ssrc ssrc, SequenceNumber last)
    {
        _ssrc = ssrc;
        _last = last;
        _givenUpTo = last;
    }

    /// <summary>The number of a packet that is not re-framed.</summary>
    public SequenceNumber OfPassing(Ssrc ssrc, SequenceNumber own) => Give(ssrc, own, mayFillGap: true);

    /// <summary>The number of a packet that the re-packetiser made.</summary>
    /// <param name="ssrc">Its source.</param>
    /// <param name="own">The number that its first frames came with.</param>
    /// <param name="isUnchanged">It has just the frames that one packet came with.</param>
    public SequenceNumber OfMade(Ssrc ssrc, SequenceNumber own, bool isUnchanged)
    {
        _isConsecutive |= !isUnchanged;
        return Give(ssrc, own, mayFillGap: false);
    }

    /// <summary>From now on nothing is cut or joined: distances are kept again, beginning after the last number.</summary>
    public void EndResizing()
    {
        _mustFollow |= _isConsecutive;
        _isConsecutive = false;
    }

    private SequenceNumber Give(Ssrc ssrc, SequenceNumber own, bool mayFillGap)
    {
        if (_last is not { } last)
        {
            Begin(ssrc, own);
            _givenUpTo = own.Add(-MaxReordering);
            return own;
        }

        bool follows = _isConsecutive || _mustFollow || ssrc != _ssrc;
        SequenceNumber kept = own.Add(_offset);
        int ahead = kept.DistanceFrom(last);
        if (!follows && ahead > 0)
        {
            // It stays near the last, or the distance to it would turn over half way round the numbers.
            if (ahead + last.DistanceFrom(_givenUpTo) > MaxReordering)
            {
                _givenUpTo = kept.Add(-MaxReordering);
            }

            _last = kept;
            return kept;
        }

        if (!follows && mayFillGap && ahead > -MaxReordering && kept.DistanceFrom(_givenUpTo) > 0)
        {
            return kept;
        }

        // One that straggles takes a number of its own, and all that follow move up; else the count begins here.
        bool straggles = !follows && ahead >= -MaxStraggling;
        SequenceNumber number = last.Next;
        _offset = straggles ? _offset + 1 : number.DistanceFrom(own);
        _ssrc = ssrc;
        _mustFollow = false;
        _last = number;
        _givenUpTo = number;
        return number;
    }
}
