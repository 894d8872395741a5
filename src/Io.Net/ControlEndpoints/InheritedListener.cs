using System.Globalization;
using System.Net.Sockets;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// The listening socket that the service manager opened for us: descriptor 3, announced by <c>LISTEN_PID</c> and
/// <c>LISTEN_FDS</c> (sd_listen_fds(3)).
/// </summary>
internal static class InheritedListener
{
    private const int FirstDescriptor = 3; // SD_LISTEN_FDS_START

    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="processId">Ours: sockets announced to another process are not for us.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="ControlSocketException">There is none, or more than one.</exception>
    public static int Find(Func<string, string?> variable, int processId)
    {
        if (!TryReadNumber(variable("LISTEN_PID"), out int owner)
            || owner != processId
            || !TryReadNumber(variable("LISTEN_FDS"), out int count)
            || count < 1)
        {
            throw new ControlSocketException(
                "systemd has passed no socket (LISTEN_PID and LISTEN_FDS do not say so)");
        }

        return count == 1 ? FirstDescriptor : throw new ControlSocketException($"systemd has passed {count} sockets");
    }

    /// <exception cref="ControlSocketException">The descriptor is no listening stream socket.</exception>
    public static Socket Open(int descriptor)
    {
        try
        {
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            if (socket.SocketType == SocketType.Stream
                && socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0)
            {
                return socket;
            }

            socket.Dispose();
        }
        catch (SocketException)
        {
            // Not a socket at all.
        }

        throw new ControlSocketException($"descriptor {descriptor} is not a listening stream socket");
    }

    private static bool TryReadNumber(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
