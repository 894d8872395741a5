using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>Plays a golden conversation on the executable, over one kind of control socket.</summary>
/// <remarks>Used once; not thread-safe.</remarks>
public sealed class ConversationPlayer
{
    // Nothing can be proved to stay away for ever; this is long for a reply over loopback.
    private static readonly TimeSpan SilencePatience = TimeSpan.FromMilliseconds(300);

    // A busy machine lets a time-to-live run down between two commands.
    private const int LateSeconds = 15;

    private readonly Conversation _conversation;
    private readonly ControlSocket _socket;
    private readonly DaemonProcess _daemon;
    private readonly PortNames _names;
    private ControlClient? _client;
    private RawConnection? _connection;

    private ConversationPlayer(Conversation conversation, DaemonProcess daemon)
    {
        _conversation = conversation;
        _daemon = daemon;
        _socket = daemon.Sockets[0];
        _names = new PortNames(daemon.Ports);
    }

    /// <summary>Starts a daemon for the conversation and plays it to its end.</summary>
    /// <returns>The first thing that went otherwise, with its line; null if nothing did.</returns>
    public static async Task<string?> PlayAsync(Conversation conversation, Transport transport)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        DaemonSettings settings = new()
        {
            Transports = [transport],
            Options = conversation.Options,
            Ports = FreePorts.RangeLike(conversation.Ports),
            LogLevel = "info",
        };
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(settings, directory => Furnish(conversation, directory));
        ConversationPlayer player = new(conversation, daemon);
        try
        {
            return await player.PlayAsync();
        }
        finally
        {
            await player.CloseAsync();
        }
    }

    private static void Furnish(Conversation conversation, WorkingDirectory directory)
    {
        foreach (string path in conversation.Directories)
        {
            Directory.CreateDirectory(directory.File(path));
        }

        foreach (ConversationFile file in conversation.Files)
        {
            File.WriteAllBytes(directory.File(file.Path), file.Contents);
        }
    }

    private async Task<string?> PlayAsync()
    {
        foreach (Step step in _conversation.Steps)
        {
            string? fault;
            try
            {
                fault = await PlayAsync(step);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or TimeoutException)
            {
                fault = e.Message;
            }

            if (fault is not null)
            {
                return $"{_conversation.Name}.talk, line {step.Line}, over {_socket.Transport}: {fault}\n{_daemon.Log.Text}";
            }
        }

        return null;
    }

    private async Task<string?> PlayAsync(Step step)
    {
        switch (step)
        {
            case Step.Exchange exchange when _conversation.Framing == Framing.Command:
                return await AskAsync(exchange);
            case Step.Exchange exchange:
                return await SendRawAsync(exchange);
            case Step.Wait wait:
                await Task.Delay(wait.Time);
                return null;
            case Step.Signal signal:
                await _daemon.SignalAsync(signal.Name);
                await SignalTakenAsync(signal.Name);
                return null;
            case Step.Connect:
                _connection?.Dispose();
                _connection = null;
                return null;
            case Step.Open:
                return await _connection!.IsClosedAsync(SilencePatience) ? "expected an open connection" : null;
            case Step.Closed:
                return await _connection!.IsClosedAsync(Eventually.Deadline) ? null : "expected a closed connection";
            case Step.Exit exit:
                int status = await _daemon.WaitForExitAsync();
                return status == exit.Status ? null : $"expected exit status {exit.Status}, not {status}";
            default:
                throw new InvalidOperationException($"No rule for {step}.");
        }
    }

    private async Task<string?> AskAsync(Step.Exchange exchange)
    {
        _client ??= await _daemon.ConnectAsync();
        ReplyPattern pattern = exchange.Reply
            ?? throw new InvalidOperationException("A command always has a reply: silence needs raw framing.");
        byte[] reply = await _client.AskAsync(exchange.Request, pattern.Text.Split('\n').Length);
        return pattern.Explain(reply, _names, LateSeconds);
    }

    private async Task<string?> SendRawAsync(Step.Exchange exchange)
    {
        if (_socket.Transport == Transport.Unix)
        {
            _connection?.Dispose();
            _connection = null;
        }

        _connection ??= await RawConnection.OpenAsync(_daemon, _socket);
        await _connection.SendAsync(exchange.Request);
        if (exchange.Reply is not { } pattern)
        {
            return await _connection.IsSilentAsync(SilencePatience) ? null : "expected silence";
        }

        return await _connection.ReceiveAsync(pattern, _names, LateSeconds, Eventually.Deadline);
    }

    private async Task CloseAsync()
    {
        _connection?.Dispose();
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }

    // A signal is taken by a thread of its own: commands that come after it may be carried out before.
    private Task SignalTakenAsync(string name) => name == "HUP" ? _daemon.Log.WaitForAsync("deorbiting") : Task.CompletedTask;
}
