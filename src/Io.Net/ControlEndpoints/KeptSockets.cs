using System.Net.Sockets;
using System.Text;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// Sockets of those who command or look after the relay, as its keeper holds them for the next process: listening ones and those
/// of datagrams by what they are (<c>control udp:…</c>, <c>admin PATH</c>), and connections that were handed over.
/// </summary>
/// <remarks>Thread-safe. What the keeper has no room to hear waits; that is as much as there are sockets.</remarks>
public sealed class KeptSockets(IKeeper keeper, Legacies legacies)
{
    /// <summary>How the names begin of what is open as long as the relay is.</summary>
    private static readonly string[] Lasting = ["control ", "admin "];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Socket> _untold = [];
    private readonly HashSet<string> _letGo = [];

    /// <summary>The name of a socket that is configured so.</summary>
    public static string NameOfControl(string address) => $"control {address}";

    /// <summary>The name of the socket for those who look after the relay.</summary>
    public static string NameOfAdmin(string path) => $"admin {path}";

    /// <summary>Takes a socket that was open before this process; it stays held. Null when there is none.</summary>
    public Socket? Take(string name)
    {
        if (legacies.Take(Names.FromBytes(Encoding.UTF8.GetBytes(name))) is not { } descriptors)
        {
            return null;
        }

        Socket? socket = null;
        foreach (FdHandle descriptor in descriptors)
        {
            if (socket is null)
            {
                socket = new Socket(new SafeSocketHandle(descriptor.Number, ownsHandle: true));
                descriptor.SetHandleAsInvalid();
            }

            descriptor.Dispose();
        }

        return socket;
    }

    /// <summary>The names that begin so, of what has been passed on and not been taken.</summary>
    public IReadOnlyList<string> NamesOf(string prefix) =>
    [
        .. legacies.Names
            .Select(name => Encoding.UTF8.GetString(Names.ToBytes(name))) // a keeper's names are bytes
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)),
    ];

    /// <summary>The keeper is to hold a socket.</summary>
    /// <param name="socket">Open for as long as it is held.</param>
    public void Hold(string name, Socket socket)
    {
        lock (_lock)
        {
            _letGo.Remove(name);
            if (!TryHold(name, Descriptor(socket)))
            {
                _untold[name] = socket;
            }
        }
    }

    /// <summary>As above, for this moment: false if the keeper has no room to hear of it.</summary>
    internal bool TryHold(string name, FdHandle descriptor) => TryHold(name, descriptor.Number);

    /// <summary>The keeper is to let go of it.</summary>
    public void Drop(string name)
    {
        lock (_lock)
        {
            if (!_untold.Remove(name) && !TryDrop(name))
            {
                _letGo.Add(name);
            }
        }
    }

    /// <summary>Tells the keeper what it had no room for. To be called now and then.</summary>
    public void TellWaiting()
    {
        lock (_lock)
        {
            _letGo.RemoveWhere(TryDrop);
            foreach ((string name, Socket socket) in _untold)
            {
                if (socket.SafeHandle.IsClosed || TryHold(name, Descriptor(socket)))
                {
                    _untold.Remove(name);
                }
            }
        }
    }

    /// <summary>
    /// Nobody serves these any more: control sockets of other options than today's and connections to them. The files of Unix
    /// sockets among them are removed.
    /// </summary>
    public void CloseRest()
    {
        foreach (string name in Lasting.SelectMany(NamesOf).Concat(NamesOf(StreamEndpoint.ConnectionPrefix)))
        {
            using (Socket? socket = Take(name))
            {
                RemoveFile(socket);
            }

            Drop(name);
        }
    }

    private static void RemoveFile(Socket? socket)
    {
        try
        {
            bool isListening = socket?.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not (null or 0);
            if (isListening && socket!.LocalEndPoint is UnixDomainSocketEndPoint { } unix && unix.ToString() is ['/', ..] path)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            // A file that stays behind is replaced by whoever wants the name next.
        }
    }

    private static int Descriptor(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private bool TryHold(string name, int descriptor) => keeper.TryHold(Encoding.UTF8.GetBytes(name), descriptor);

    private bool TryDrop(string name) => keeper.TryDrop(Encoding.UTF8.GetBytes(name));
}
