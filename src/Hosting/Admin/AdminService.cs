using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Admin;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Lines;

namespace RtpProxy.Hosting.Admin;

/// <summary>
/// Answers those who look after the relay (docs/admin.md): on a socket of its own, and on connections that it is given. Nothing of
/// it runs on a worker's thread but the visits of operations and, while somebody wants events, making values of them.
/// </summary>
/// <remarks>Opened, started and stopped by one thread; the rest is thread-safe.</remarks>
public sealed class AdminService : IAsyncDisposable
{
    /// <summary>Clients of the socket that are served at the same time; further ones are told so, and closed.</summary>
    public const int MaxClients = 32;

    // Connections that are being told that they are too many.
    private const int MaxRefusals = 8;
    private const int Backlog = 64;

    private readonly AdminOptions _options;
    private readonly AdminDesk _desk;
    private readonly EventFeed _feed;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource _pause = new(); // replaced by the thread that freezes and thaws
    private Socket? _listener;
    private UnixSocketFile? _file;
    private Task _accepting = Task.CompletedTask;
    private int _clients;
    private long _watcherRestarts;

    internal AdminService(AdminSources sources, AdminOptions options, ILogger logger)
    {
        _options = options;
        _feed = sources.Audience.Feed;
        var figures = new AdminFigures(sources, options, () => Interlocked.Read(ref _watcherRestarts));
        _desk = new AdminDesk(sources.Host, figures, options.Keeper, sources.Clock, logger);
        _logger = logger;
    }

    /// <summary>Makes the socket, if there is to be one. Serves nobody yet.</summary>
    /// <exception cref="ControlSocketException">It cannot be opened.</exception>
    /// <param name="kept">Where it may be open already, and is held; null without a keeper.</param>
    internal void Open(KeptSockets? kept)
    {
        if (_options.SocketPath is not { } path)
        {
            return;
        }

        string name = KeptSockets.NameOfAdmin(path);
        _listener = kept?.Take(name);
        if (_listener is not null)
        {
            _file = UnixSocketFile.Adopt(path, _logger);
            return;
        }

        _listener = UnixSocketFile.Open(path, _options.Access, Backlog, _logger, out _file);
        kept?.Hold(name, _listener);
    }

    internal void Start()
    {
        if (_listener is { } listener)
        {
            var loop = new AcceptLoop(listener, MaxClients + MaxRefusals, AdmitAsync) { OnDefect = OnDefect, Until = _pause.Token };
            _accepting = Task.WhenAll(_accepting, loop.RunAsync(_stop.Token));
        }
    }

    /// <summary>Another process is about to serve the same socket: new clients wait for it, those that are there are served.</summary>
    internal void Pause() => _pause.Cancel();

    /// <summary>It will not: new clients are served again.</summary>
    internal void GoOn()
    {
        if (_pause.IsCancellationRequested)
        {
            _pause.Dispose();
            _pause = new CancellationTokenSource();
            Start();
        }
    }

    /// <summary>Serves a client that comes by other ways than the socket, until it or the relay ends, or it is cancelled.</summary>
    /// <param name="connection">Of streams; owned from now on.</param>
    /// <param name="askPatience">It asks something within this time, again and again, or is served no more.</param>
    /// <param name="onAsked">Called with each of its requests, on any thread.</param>
    public async Task<ClientEnd> ServeAsync(Socket connection, TimeSpan askPatience, Action onAsked, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        using var client = new AdminConnection(connection, _desk, _feed, _options.WritePatience)
        {
            AskPatience = askPatience,
            OnAsked = onAsked,
        };
        return await client.ServeAsync(either.Token).ConfigureAwait(false);
    }

    /// <summary>The program around the relay has started a watcher anew after another one had ended.</summary>
    public void CountWatcherRestart() => Interlocked.Increment(ref _watcherRestarts);

    internal async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener?.Dispose();
        _file?.Dispose();
    }

    /// <summary>Another process serves the same socket: its file stays.</summary>
    internal void LetGo() => _file = null;

    internal void RemoveFile() => _file?.Dispose();

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _desk.Dispose();
        _stop.Dispose();
        _pause.Dispose();
    }

    private async Task AdmitAsync(Socket connection, CancellationToken stop)
    {
        using var client = new AdminConnection(connection, _desk, _feed, _options.WritePatience);
        try
        {
            if (Interlocked.Increment(ref _clients) > MaxClients)
            {
                Log.AdminFull(_logger, MaxClients);
                await client.RefuseAsync(new AdminFault(FaultCodes.Busy, $"{MaxClients} clients are served already"), stop)
                    .ConfigureAwait(false);
            }
            else if (await client.ServeAsync(stop).ConfigureAwait(false) == ClientEnd.DidNotRead)
            {
                Log.AdminClientDoesNotRead(_logger, (int)_options.WritePatience.TotalSeconds);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private void OnDefect(Exception defect) => Log.AdminDefect(_logger, defect);
}
