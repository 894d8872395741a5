using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// Takes a TCP port that connections of a daemon that has ended still hold: TIME-WAIT lasts a minute, and where that daemon
/// did not allow its address to be used again, as the original does not, nobody can bind before.
/// </summary>
/// <param name="patience">How long it is tried.</param>
internal sealed class LingeringPort(TimeSpan patience, ILogger logger)
{
    /// <summary>TIME-WAIT of Linux is a minute; whoever closed last may have done so a little later than we were started.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(65);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <param name="listen">Binds and listens.</param>
    /// <param name="name">Of the socket, for messages.</param>
    /// <exception cref="ControlSocketException">Somebody listens there.</exception>
    /// <exception cref="SocketException">It cannot be had, also not later.</exception>
    /// <exception cref="OperationCanceledException">Stopped meanwhile.</exception>
    public Socket Take(Func<Socket> listen, IPEndPoint local, string name, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        bool isTold = false;
        while (true)
        {
            try
            {
                return listen();
            }
            catch (SocketException busy) when (busy.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                if (TcpListeners.Find(local) is { } owner)
                {
                    throw new ControlSocketException($"{owner} listens there", busy);
                }

                if (Stopwatch.GetElapsedTime(start) > patience)
                {
                    throw;
                }
            }

            if (!isTold)
            {
                isTold = true;
                Log.PortLingers(logger, name, (int)patience.TotalSeconds);
            }

            stop.WaitHandle.WaitOne(Pause);
            stop.ThrowIfCancellationRequested();
        }
    }
}
