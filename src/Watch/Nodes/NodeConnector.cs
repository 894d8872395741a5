using System.Net.Sockets;
using RtpProxy.Watch.CommandLine;

namespace RtpProxy.Watch.Nodes;

/// <summary>Opens the connection to a relay.</summary>
internal static class NodeConnector
{
    /// <exception cref="NodeFaultException">It cannot be opened.</exception>
    public static async Task<Stream> ConnectAsync(NodeAddress address, CancellationToken stop)
    {
        try
        {
            return address.Path is { } path
                ? await ConnectAsync(path, stop).ConfigureAwait(false)
                : new NetworkStream(new Socket(new SafeSocketHandle(address.Descriptor, ownsHandle: true)), ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or IOException or ArgumentException)
        {
            // What the runtime says of a path that is not there is of an address that is not there.
            string reason = address.Path is { } missing && !File.Exists(missing) ? "there is no such socket" : e.Message;
            throw new NodeFaultException($"cannot connect to {address.Path ?? $"descriptor {address.Descriptor}"}: {reason}", e);
        }
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken stop)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
