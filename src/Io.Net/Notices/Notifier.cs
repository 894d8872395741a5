using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.Notices;

/// <summary>Sends notices to the targets that <c>-n</c> permits (control protocol, section 7).</summary>
/// <remarks>Thread-safe; neither commands nor packets ever wait for a target.</remarks>
public sealed class Notifier : INoticeBoard, IAsyncDisposable
{
    /// <summary>Targets, those made for wildcards included.</summary>
    public const int MaxTargets = 64;

    private const string TcpPrefix = "tcp:";

    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NoticeTarget> _fixed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _wildcards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPEndPoint> _remotes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, IPAddress Local), NoticeTarget> _fromAddress = [];
    private readonly Dictionary<(IPAddress Remote, int Port, IPAddress? Local), NoticeTarget> _automatic = [];
    private ImmutableArray<NoticeChannel> _channels = [];
    private bool _isFullReported;

    /// <param name="permitted">The arguments of <c>-n</c>.</param>
    public Notifier(IEnumerable<NotifySocket> permitted, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(permitted);
        _logger = logger;
        foreach (NotifySocket socket in permitted)
        {
            IsEnabled = true;
            switch (socket)
            {
                case UnixNotifySocket unix:
                    NoticeTarget target = Add(unix.Name, EndPointOf(unix.Path), local: null);
                    _fixed.TryAdd(unix.Name, target);
                    if (!unix.Path.Contains(':', StringComparison.Ordinal))
                    {
                        _fixed.TryAdd(unix.Path, target);
                    }

                    break;
                case TcpNotifySocket tcp:
                    _fixed.TryAdd(tcp.Name, Add(tcp.Name, tcp.EndPoint, local: null));
                    _remotes.TryAdd(tcp.Name, tcp.EndPoint);
                    break;
                case CallerNotifySocket caller:
                    _wildcards.TryAdd(caller.Name, caller.Port);
                    break;
            }
        }
    }

    public bool IsEnabled { get; }

    /// <summary>Messages lost so far, over all targets.</summary>
    public long Dropped
    {
        get
        {
            ImmutableArray<NoticeChannel> channels;
            lock (_lock)
            {
                channels = _channels;
            }

            return channels.Sum(channel => channel.Dropped);
        }
    }

    /// <summary>What became of notices, by target as it was configured: those of controllers' own addresses together.</summary>
    public IReadOnlyList<(string Target, long Sent, long Lost)> Counts()
    {
        ImmutableArray<NoticeChannel> channels;
        lock (_lock)
        {
            channels = _channels;
        }

        return [.. channels
            .GroupBy(channel => channel.Configured, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Sum(channel => channel.Sent), group.Sum(channel => channel.Dropped)))];
    }

    public NoticeTarget? Permit(string notifySocket, in RequestOrigin origin)
    {
        if (_fixed.TryGetValue(notifySocket, out NoticeTarget? target))
        {
            return origin.LocalBind is { } local && _remotes.TryGetValue(notifySocket, out IPEndPoint? remote)
                ? FromAddress(target, remote, local)
                : target;
        }

        return _wildcards.TryGetValue(notifySocket, out int port)
            ? FindAutomatic(origin.Controller ?? IPAddress.Loopback, port, origin.LocalBind)
            : null;
    }

    /// <summary>A target of another process, by its name; null when it is not permitted here.</summary>
    public NoticeTarget? Find(string name)
    {
        if (_fixed.TryGetValue(name, out NoticeTarget? target))
        {
            return target;
        }

        int colon = name.LastIndexOf(':');
        return name.StartsWith(TcpPrefix, StringComparison.Ordinal)
            && colon >= TcpPrefix.Length
            && IPAddress.TryParse(name.AsSpan(TcpPrefix.Length, colon - TcpPrefix.Length), out IPAddress? remote)
            && ushort.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            && _wildcards.ContainsValue(port)
            ? FindAutomatic(remote, port, local: null)
            : null;
    }

    public void Post(NoticeTarget target, byte[] message)
    {
        ArgumentNullException.ThrowIfNull(target);
        NoticeChannel channel;
        lock (_lock)
        {
            channel = _channels[target.Id];
        }

        channel.Post(message);
    }

    /// <summary>Ends all channels; what is queued gets a moment to leave.</summary>
    public async ValueTask DisposeAsync()
    {
        ImmutableArray<NoticeChannel> channels;
        lock (_lock)
        {
            channels = _channels;
        }

        await Task.WhenAll(channels.Select(channel => channel.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    // Controllers take notices only from the address that they send commands to, as OpenSIPS does: there are as many of these
    // connections as control sockets with an address of their own, for each target.
    private NoticeTarget FromAddress(NoticeTarget target, IPEndPoint remote, IPAddress local)
    {
        lock (_lock)
        {
            if (!_fromAddress.TryGetValue((target.Name, local), out NoticeTarget? known))
            {
                known = Add(target.Name, remote, local);
                _fromAddress.Add((target.Name, local), known);
            }

            return known;
        }
    }

    private NoticeTarget? FindAutomatic(IPAddress remote, int port, IPAddress? local)
    {
        lock (_lock)
        {
            if (_automatic.TryGetValue((remote, port, local), out NoticeTarget? known))
            {
                return known;
            }

            if (_channels.Length - _fromAddress.Count >= MaxTargets)
            {
                if (!_isFullReported)
                {
                    _isFullReported = true;
                    Log.TooManyNoticeTargets(_logger, MaxTargets);
                }

                return null;
            }

            NoticeTarget target = Add(
                $"{TcpPrefix}{remote}:{port}", new IPEndPoint(remote, port), local, new CallerNotifySocket(port).Name);
            _automatic.Add((remote, port, local), target);
            return target;
        }
    }

    // A path that no Unix socket can have is permitted like any other, and never reached.
    private static UnixDomainSocketEndPoint? EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private NoticeTarget Add(string name, EndPoint? remote, IPAddress? local, string? configured = null)
    {
        var target = new NoticeTarget(_channels.Length, name);
        _channels = _channels.Add(new NoticeChannel(name, remote, local, _logger) { Configured = configured ?? name });
        return target;
    }
}
