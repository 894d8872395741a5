using System.Globalization;
using System.Net;
using System.Text;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Ports;

/// <summary>
/// The pairs of one worker as its keeper holds them, each under a name that whoever comes next finds it by:
/// <c>media WORKER ADDRESS NUMBER heard</c> (or <c>copies</c>, for a pair that nothing is read from). What the keeper has no room
/// to hear now waits, and no more of it than pairs that are open or that it holds.
/// </summary>
/// <remarks>Owned by that worker.</remarks>
internal sealed class KeptPorts(int worker, IKeeper keeper, Legacies legacies)
{
    /// <summary>How the names of all pairs begin.</summary>
    public const string Prefix = "media ";

    private readonly Dictionary<string, SocketPair> _untold = [];
    private readonly Queue<string> _letGo = new();

    /// <summary>A pair is open: the keeper is to hold it.</summary>
    public void OnOpened(IPAddress address, in SocketPair pair, bool isHeard)
    {
        string name = NameOf(address, pair.RtpPort, isHeard);
        TellWaiting();
        if (HasWaiting || !TryHold(name, pair))
        {
            _untold.Add(name, pair);
        }
    }

    /// <summary>A pair is closed: the keeper is to let go of it. Until it has, nobody can bind these ports.</summary>
    public void OnClosed(IPAddress address, int number, bool isHeard)
    {
        string name = NameOf(address, number, isHeard);
        if (_untold.Remove(name))
        {
            return;
        }

        TellWaiting();
        if (_letGo.Count > 0 || !TryDrop(name))
        {
            _letGo.Enqueue(name);
        }
    }

    /// <summary>Tells the keeper what it had no room for. To be called now and then.</summary>
    public void TellWaiting()
    {
        // In this order: a name may have been let go of and be wanted again.
        while (_letGo.TryPeek(out string? name))
        {
            if (!TryDrop(name))
            {
                return;
            }

            _letGo.Dequeue();
        }

        foreach ((string name, SocketPair pair) in _untold)
        {
            if (!TryHold(name, pair))
            {
                return;
            }

            _untold.Remove(name);
        }
    }

    /// <summary>Takes over a pair that was open before this process; it stays held. Null when there is none.</summary>
    public SocketPair? Take(IPAddress address, int number, bool isHeard)
    {
        string name = NameOf(address, number, isHeard);
        if (legacies.Take(name) is not { } descriptors)
        {
            return null;
        }

        if (descriptors is [FdHandle rtp, FdHandle rtcp]
            && UdpSocket.IsBoundTo(rtp, address, number)
            && UdpSocket.IsBoundTo(rtcp, address, number + 1))
        {
            return new SocketPair(rtp, rtcp, number);
        }

        foreach (FdHandle descriptor in descriptors)
        {
            descriptor.Dispose();
        }

        _letGo.Enqueue(name);
        return null;
    }

    /// <summary>Reads what such a name says.</summary>
    public static bool TryReadName(string name, out int worker, out Endpoint host, out ushort number, out bool isHeard)
    {
        string[] words = name.Split(' ');
        worker = 0;
        host = default;
        number = 0;
        isHeard = words is [.., "heard"];
        if (words is not ["media", _, _, _, "heard" or "copies"]
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out worker)
            || !IPAddress.TryParse(words[2], out IPAddress? address)
            || !ushort.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        host = Endpoint.From(address, 0);
        return true;
    }

    private bool HasWaiting => _letGo.Count > 0 || _untold.Count > 0;

    private string NameOf(IPAddress address, int number, bool isHeard) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}{worker} {address} {number} {(isHeard ? "heard" : "copies")}");

    private bool TryHold(string name, in SocketPair pair)
    {
        Span<byte> bytes = stackalloc byte[Keeper.MaxName];
        return keeper.TryHold(bytes[..Encoding.ASCII.GetBytes(name, bytes)], pair.Rtp.Number, pair.Rtcp.Number);
    }

    private bool TryDrop(string name)
    {
        Span<byte> bytes = stackalloc byte[Keeper.MaxName];
        return keeper.TryDrop(bytes[..Encoding.ASCII.GetBytes(name, bytes)]);
    }
}
