using System.Collections.Concurrent;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>
/// The media ports of all workers by address, and where packets that arrive there go: a chain of sessions ends at a phone, a
/// circle comes back to where it began.
/// </summary>
/// <remarks>
/// Thread-safe. Asked when a port opens or an address changes, never for a packet of a settled stream. Who makes a step of a
/// circle publishes it first and looks then, so of two workers that close one together at least one sees it.
/// </remarks>
/// <param name="own">The addresses of the machine.</param>
/// <param name="expected">Ports that will be there soon: room is made for them.</param>
public sealed class PortDirectory(IOwnAddresses own, int expected = 0)
{
    // A call passes one relay a few times. What is longer is not followed, and counts as a circle.
    private const int MaxSteps = 64;

    private const int UsualCapacity = 31;

    private readonly ConcurrentDictionary<Endpoint, RelayStream> _byBound =
        new(concurrencyLevel: -1, Math.Max(expected * 2, UsualCapacity)); // it grows when one of its parts is full
    private long _version;

    /// <summary>The addresses of the machine.</summary>
    public IOwnAddresses Own => own;

    /// <summary>Changes whenever a packet may go another way than before.</summary>
    internal long Version => Volatile.Read(ref _version);

    /// <summary>The stream that packets to this address reach; null if it is no media port of ours.</summary>
    public RelayStream? Find(in Endpoint address)
    {
        Span<Endpoint> bound = stackalloc Endpoint[OwnAddresses.MaxBound];
        foreach (Endpoint candidate in bound[..own.Current.FindBound(address, bound)])
        {
            if (_byBound.TryGetValue(candidate, out RelayStream? stream))
            {
                return stream;
            }
        }

        return null;
    }

    internal void Add(in Endpoint bound, RelayStream stream)
    {
        _byBound[KeyOf(bound)] = stream;
        NoteChange();
    }

    internal void Remove(in Endpoint bound, RelayStream stream)
    {
        _byBound.TryRemove(new(KeyOf(bound), stream));
        NoteChange();
    }

    /// <summary>Says where packets for a party go, if that is an address of this machine.</summary>
    internal void Publish(Destination destination, in Endpoint address)
    {
        destination.Publish(address.IsKnown ? new OwnPortAddress(address) : null);
        NoteChange();
    }

    /// <summary>Whether a media port with this number is open on all addresses of a family.</summary>
    internal bool IsPortOfWildcard(in Endpoint address) =>
        _byBound.ContainsKey(OwnAddresses.WildcardOf(address.Host).WithPort(address.Port));

    /// <summary>Whether packets that arrive on <paramref name="stream"/> would come back to it if they were sent there.</summary>
    internal bool ComesBack(RelayStream stream, in Endpoint address)
    {
        int steps = MaxSteps;
        return LeadsTo(address, stream, ref steps);
    }

    private bool LeadsTo(in Endpoint address, RelayStream goal, ref int steps)
    {
        if (Find(address) is not { } stream)
        {
            return false;
        }

        if (ReferenceEquals(stream, goal) || --steps < 0)
        {
            return true;
        }

        if (stream.Onward.Destination.OwnPort is { } onward && LeadsTo(onward.Address, goal, ref steps))
        {
            return true;
        }

        if (stream.Copy is { } copy && LeadsTo(copy.To, goal, ref steps))
        {
            return true;
        }

        foreach (Fork fork in stream.Leg.Session.Forks)
        {
            Side listener = stream.Onward.Leg.Side;
            if (fork.Carrier?[fork.TowardFor(listener)][stream.Kind].Destination.OwnPort is { } carried
                && LeadsTo(carried.Address, goal, ref steps))
            {
                return true;
            }
        }

        foreach (Leg hearer in stream.Leg.Hearers)
        {
            if (hearer[hearer.IsRtcpMuxed ? StreamKind.Rtp : stream.Kind].Destination.OwnPort is { } heard
                && LeadsTo(heard.Address, goal, ref steps))
            {
                return true;
            }
        }

        return false;
    }

    private void NoteChange() => Interlocked.Increment(ref _version);

    private static Endpoint KeyOf(in Endpoint bound) => bound.Host.WithPort(bound.Port);
}
