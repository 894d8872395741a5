using System.Net;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>One open control socket. Opened when made; disposing closes it and removes its socket file.</summary>
public interface IControlEndpoint : IAsyncDisposable
{
    ControlSocketAddress Address { get; }

    /// <summary>What a TCP or UDP socket is really bound to (the port may have been left to the system); else null.</summary>
    IPEndPoint? BoundTo { get; }

    /// <summary>
    /// Serves commands until <paramref name="stop"/>, or until the end of standard input. What clients do never ends or
    /// fails it. Connections still open are closed before it returns.
    /// </summary>
    Task ServeAsync(CancellationToken stop);

    /// <summary>
    /// For a keeper to hold connections on which nothing is under way and nothing half said, so that the next process goes on with
    /// them; the others end with this one. While the control loop is held, and no command is under way; thread-safe.
    /// </summary>
    Task HandOverAsync() => Task.CompletedTask;

    /// <summary>Connections go on here after all. Thread-safe.</summary>
    void TakeBack()
    {
    }

    /// <summary>Another process serves the same socket: disposing leaves its file where it is. Thread-safe.</summary>
    void LetGo()
    {
    }

    /// <summary>Removes the file of a Unix socket at once, if it is still ours. Thread-safe.</summary>
    void RemoveFile()
    {
    }
}
