using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Ports without a kernel: a range per address, handed out in ascending order; shared by the workers of a relay.</summary>
public sealed class VirtualPorts
{
    private readonly int _first;
    private readonly int _pairs;
    private readonly HashSet<(IPAddress Host, ushort Port)> _used = [];
    private readonly List<Table> _tables = [];
    private int _next;

    /// <param name="first">Lowest RTP port, even.</param>
    /// <param name="last">Highest RTP port, even.</param>
    public VirtualPorts(int first = 35_000, int last = 64_998)
    {
        _first = first;
        _pairs = ((last - first) / 2) + 1;
    }

    /// <summary>Port pairs open now; a leak shows here.</summary>
    public int OpenPairs => _used.Count;

    /// <summary>Addresses that cannot be bound; all others can.</summary>
    public HashSet<IPAddress> Unusable { get; } = [];

    /// <summary>Pairs that may be open at once, as if descriptors ran out beyond.</summary>
    public int PairLimit { get; set; } = int.MaxValue;

    /// <summary>The system refuses to set a TOS byte.</summary>
    public bool RefusesTos { get; set; }

    /// <summary>It refuses it on RTCP sockets only.</summary>
    public bool RefusesTosOfRtcp { get; set; }

    /// <summary>Copies leave from an address whose text takes 34 bytes.</summary>
    public bool LongRoute { get; set; }

    /// <summary>Worker and port id of an open RTP or RTCP port.</summary>
    public (int Worker, PortId Port) Find(int number, IPAddress? host = null)
    {
        for (int worker = 0; worker < _tables.Count; worker++)
        {
            foreach ((PortId id, VirtualSocket socket) in _tables[worker].Open)
            {
                if (socket.Number == number && (host is null || host.Equals(socket.Host)))
                {
                    return (worker, id);
                }
            }
        }

        throw new InvalidOperationException($"Nothing listens on port {number}.");
    }

    /// <summary>Whether anything listens on a port, on whatever address.</summary>
    public bool IsOpen(int number) => _tables.Exists(table => table.Open.Values.Any(socket => socket.Number == number));

    /// <summary>The socket behind a port id of a worker.</summary>
    public VirtualSocket SocketOf(int worker, PortId id) => _tables[worker].Open[id];

    public IPortTable TableOf(int worker)
    {
        while (_tables.Count <= worker)
        {
            _tables.Add(new Table(this));
        }

        return _tables[worker];
    }

    /// <summary>All workers are gone, and their sockets are still open.</summary>
    public void LetGo()
    {
        foreach (VirtualSocket socket in _tables.SelectMany(table => table.Open.Values))
        {
            socket.IsTaken = false;
        }
    }

    /// <summary>A new worker takes an open pair that nobody has.</summary>
    public bool TryTake(int worker, Endpoint host, ushort number, out PortPair pair)
    {
        pair = new PortPair(Take(host.WithPort(number)), Take(host.WithPort((ushort)(number + 1))), number);
        return pair.Rtp != PortId.None && pair.Rtcp != PortId.None;

        PortId Take(Endpoint wanted)
        {
            foreach ((PortId id, VirtualSocket socket) in _tables[worker].Open)
            {
                if (!socket.IsTaken && socket.Endpoint == wanted)
                {
                    socket.IsTaken = true;
                    return id;
                }
            }

            return PortId.None;
        }
    }

    /// <summary>Ports that nobody has taken: a snapshot forgot them.</summary>
    public IEnumerable<ushort> Untaken => _tables.SelectMany(table => table.Open.Values).Where(s => !s.IsTaken).Select(s => s.Number);

    private PortOpening TryClaim(IPAddress host, out ushort number)
    {
        number = 0;
        if (Unusable.Contains(host))
        {
            return PortOpening.AddressUnusable;
        }

        if (_used.Count >= PairLimit)
        {
            return PortOpening.DescriptorsExhausted;
        }

        for (int tried = 0; tried < _pairs; tried++)
        {
            number = (ushort)(_first + (2 * _next));
            _next = (_next + 1) % _pairs;
            if (_used.Add((host, number)))
            {
                return PortOpening.Opened;
            }
        }

        return PortOpening.RangeExhausted;
    }

    private sealed class Table(VirtualPorts owner) : IPortTable
    {
        private readonly SortedSet<int> _freeIds = [];
        private int _nextId;

        public Dictionary<PortId, VirtualSocket> Open { get; } = [];

        public PortOpening TryOpen(LocalAddress address, byte? tos, out PortPair pair)
        {
            pair = default;
            PortOpening opening = owner.TryClaim(address.Address, out ushort number);
            if (opening == PortOpening.Opened)
            {
                pair = new PortPair(Add(address.Address, number, tos), Add(address.Address, (ushort)(number + 1), tos), number);
            }

            return opening;
        }

        public PortOpening TryOpenToward(in Endpoint target, out PortPair pair, out LocalAddress address)
        {
            address = new LocalAddress(IPAddress.Loopback, owner.LongRoute ? "an-advertised-name-of-a-route.test" : null);
            return TryOpen(address, null, out pair);
        }

        public void Close(in PortPair pair)
        {
            VirtualSocket rtp = Open[pair.Rtp];
            owner._used.Remove((rtp.Host, rtp.Number)).ShouldBeTrue();
            Remove(pair.Rtp);
            Remove(pair.Rtcp);
        }

        public bool TrySetTos(in PortPair pair, byte tos)
        {
            if (owner.RefusesTos || Open[pair.Rtp].Host.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
            {
                return false;
            }

            Open[pair.Rtp].Tos = tos;
            if (owner.RefusesTosOfRtcp)
            {
                return false;
            }

            Open[pair.Rtcp].Tos = tos;
            return true;
        }

        public void WantDetails(in PortPair pair, bool wanted)
        {
            Open[pair.Rtp].WantsDetails = wanted;
            Open[pair.Rtcp].WantsDetails = wanted;
        }

        private PortId Add(IPAddress host, ushort number, byte? tos)
        {
            int id = _freeIds.Count > 0 ? _freeIds.Min : _nextId++;
            _freeIds.Remove(id);
            Open.Add(new PortId(id), new VirtualSocket(host, number) { Tos = tos });
            return new PortId(id);
        }

        private void Remove(PortId id)
        {
            Open.Remove(id).ShouldBeTrue();
            _freeIds.Add(id.Value);
        }
    }
}
