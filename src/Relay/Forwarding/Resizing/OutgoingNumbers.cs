using System.Buffers.Binary;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>
/// The sequence numbers of all RTP that leaves for one party's listener, once what the party sends is or was re-framed, or was added to:
/// one numbering, whatever becomes of a packet, that never goes back (media rules, section 5).
/// </summary>
/// <remarks>
/// As long as packets go on as they came they keep their distances, so losses and reordering show as they would
/// without us. From the first packet on that is cut or joined, each number is one more than the last. Owned by one worker;
/// all it knows is in <see cref="State"/>.
/// </remarks>
public sealed class OutgoingNumbers
{
    private const int MaxReordering = 32; // numbers behind the last that a packet may still fill
    private const int MaxStraggling = 536; // further back the sender began its numbers anew (media rules, section 4.2)

    private OutgoingNumbersState _state;

    /// <summary>What it knows, to be copied out and in.</summary>
    internal ref OutgoingNumbersState State => ref _state;

    /// <summary>Packets up to this one have left as they were.</summary>
    public void Begin(Ssrc ssrc, SequenceNumber last)
    {
        _state.Ssrc = ssrc;
        _state.Last = last;
        _state.GivenUpTo = last;
    }

    /// <summary>A packet that goes on as it came takes its place in the numbering.</summary>
    public void Number(in RtpPacket packet, Span<byte> datagram) =>
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], OfPassing(packet.Ssrc, packet.Sequence).Value); // RFC 3550, section 5.1

    /// <summary>The number of a packet that is not re-framed.</summary>
    public SequenceNumber OfPassing(Ssrc ssrc, SequenceNumber own) => Give(ssrc, own, mayFillGap: true);

    /// <summary>The number of a packet that the re-packetiser made.</summary>
    /// <param name="ssrc">Its source.</param>
    /// <param name="own">The number that its first frames came with.</param>
    /// <param name="isUnchanged">It has just the frames that one packet came with.</param>
    public SequenceNumber OfMade(Ssrc ssrc, SequenceNumber own, bool isUnchanged)
    {
        _state.IsConsecutive |= !isUnchanged;
        return Give(ssrc, own, mayFillGap: false);
    }

    /// <summary>
    /// The number of a packet of ours among those of the party; the party's next one follows it, whatever is left out between them.
    /// </summary>
    /// <param name="ssrc">That of the party.</param>
    public SequenceNumber OfInserted(Ssrc ssrc)
    {
        SequenceNumber number = _state.Last?.Next ?? default;
        _state.Ssrc = ssrc;
        _state.Last = number;
        _state.GivenUpTo = number;
        _state.MustFollow = true;
        return number;
    }

    /// <summary>From now on nothing is cut or joined: distances are kept again, beginning after the last number.</summary>
    public void EndResizing()
    {
        _state.MustFollow |= _state.IsConsecutive;
        _state.IsConsecutive = false;
    }

    private SequenceNumber Give(Ssrc ssrc, SequenceNumber own, bool mayFillGap)
    {
        if (_state.Last is not { } last)
        {
            Begin(ssrc, own);
            _state.GivenUpTo = own.Add(-MaxReordering);
            return own;
        }

        bool follows = _state.IsConsecutive || _state.MustFollow || ssrc != _state.Ssrc;
        SequenceNumber kept = own.Add(_state.Offset);
        int ahead = kept.DistanceFrom(last);
        if (!follows && ahead > 0)
        {
            // It stays near the last, or the distance to it would turn over half way round the numbers.
            if (ahead + last.DistanceFrom(_state.GivenUpTo) > MaxReordering)
            {
                _state.GivenUpTo = kept.Add(-MaxReordering);
            }

            _state.Last = kept;
            return kept;
        }

        if (!follows && mayFillGap && ahead > -MaxReordering && kept.DistanceFrom(_state.GivenUpTo) > 0)
        {
            return kept;
        }

        // One that straggles takes a number of its own, and all that follow move up; else the count begins here.
        bool straggles = !follows && ahead >= -MaxStraggling;
        SequenceNumber number = last.Next;
        _state.Offset = straggles ? _state.Offset + 1 : number.DistanceFrom(own);
        _state.Ssrc = ssrc;
        _state.MustFollow = false;
        _state.Last = number;
        _state.GivenUpTo = number;
        return number;
    }
}
