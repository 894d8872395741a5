using System.Collections.Concurrent;
using System.Net;
using RtpProxy.Relay;

namespace RtpProxy.Io.Net.Ports;

/// <summary>
/// The even/odd port pairs that media may use, and who has which (control protocol, section 6.5). Every local address
/// has the whole range for itself, and so has each family.
/// </summary>
/// <remarks>
/// Thread-safe, shared by all workers, without locks: a pair is claimed by one interlocked operation. A claim is a
/// promise among the workers; whether the pair is free on this machine is for bind(2) to say.
/// </remarks>
public sealed class PortRange
{
    /// <summary>
    /// Addresses that get a claim map of their own (about 2 KB each). Controllers can name any address with the modifier
    /// <c>l</c>; those beyond this number share one map, which only means that they do not use the same numbers.
    /// </summary>
    private const int MaxAddresses = 256;

    private readonly ConcurrentDictionary<IPAddress, PortClaims> _claims = new();
    private readonly PortClaims _others;

    /// <param name="lowest">First RTP port: even, at least 2.</param>
    /// <param name="highest">Last RTP port: even, not below <paramref name="lowest"/>.</param>
    public PortRange(int lowest, int highest, PortOrder order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lowest, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(highest, lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highest, ushort.MaxValue - 1);
        if (((lowest | highest) & 1) != 0)
        {
            throw new ArgumentException("RTP ports are even", nameof(lowest));
        }

        Lowest = lowest;
        Highest = highest;
        Order = order;
        _others = new PortClaims(PairCount);
    }

    public int Lowest { get; }

    /// <summary>The last RTP port; its RTCP port is one more.</summary>
    public int Highest { get; }

    public PortOrder Order { get; }

    public int PairCount => ((Highest - Lowest) / 2) + 1;

    /// <summary>Pairs that are taken, over all addresses. A hint: workers go on while they are counted.</summary>
    public int PairsTaken => _claims.Values.Sum(claims => claims.Taken) + _others.Taken;

    /// <summary>Pairs that are taken on one address. A hint, as <see cref="PairsTaken"/>.</summary>
    public int PairsTakenOn(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return _claims.TryGetValue(address, out PortClaims? claims) ? claims.Taken : 0;
    }

    /// <summary>Starts to look for a pair on <paramref name="address"/>; every pair of the range is tried once.</summary>
    /// <param name="random">Chance for <see cref="PortOrder.Random"/>; owned by the calling worker.</param>
    public PortSearch Search(IPAddress address, Random random)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(random);
        PortClaims claims = ClaimsOf(address);
        return Order == PortOrder.Ascending
            ? new PortSearch(this, claims, claims.AfterLast, step: 1)
            : new PortSearch(this, claims, random.Next(PairCount), RandomStep(random));
    }

    /// <summary>
    /// Claims a pair that is open already. False when it is claimed; one that is not of this range, since the range was another
    /// when it was opened, needs no claim.
    /// </summary>
    public bool TryClaim(IPAddress address, int rtpPort)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Has(rtpPort))
        {
            return true;
        }

        PortClaims claims = ClaimsOf(address);
        int index = (rtpPort - Lowest) / 2;
        if (!claims.TryClaim(index))
        {
            return false;
        }

        claims.NoteOpened(index);
        return true;
    }

    /// <summary>Gives a pair back; it can be claimed again at once.</summary>
    /// <param name="rtpPort">As it came from <see cref="PortSearch"/>, or was given to <see cref="TryClaim"/>.</param>
    public void Release(IPAddress address, int rtpPort)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Has(rtpPort))
        {
            ClaimsOf(address).Release((rtpPort - Lowest) / 2);
        }
    }

    /// <summary>
    /// Whether one of our sockets, for RTP, RTCP or copies, was open on this address and port at <paramref name="since"/> or
    /// after it.
    /// </summary>
    internal bool WasOpenSince(IPAddress address, int port, Instant since)
    {
        int index = (port - Lowest) / 2;
        return port >= Lowest
            && index < PairCount
            && (_claims.TryGetValue(address, out PortClaims? claims) ? claims : _others).WasOpenSince(index, since);
    }

    internal int PortAt(int index) => Lowest + (2 * index);

    private bool Has(int rtpPort) => rtpPort >= Lowest && rtpPort <= Highest && (rtpPort & 1) == 0;

    private PortClaims ClaimsOf(IPAddress address)
    {
        if (_claims.TryGetValue(address, out PortClaims? claims))
        {
            return claims;
        }

        // Two workers may pass the limit at the same time; one map more does no harm, and an address never changes its map
        // because maps are never taken away.
        return _claims.Count < MaxAddresses ? _claims.GetOrAdd(address, new PortClaims(PairCount)) : _others;
    }

    // Steps that share no divisor with the number of pairs visit every pair once before they come around.
    private int RandomStep(Random random)
    {
        if (PairCount < 3)
        {
            return 1;
        }

        int step;
        do
        {
            step = random.Next(1, PairCount);
        }
        while (GreatestCommonDivisor(step, PairCount) != 1);

        return step;
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
