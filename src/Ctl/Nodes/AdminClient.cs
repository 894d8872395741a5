using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.Lines;

namespace RtpProxy.Ctl.Nodes;

/// <summary>
/// Asks one relay over its admin socket (docs/admin.md). Connects with the first question and again after every loss; whatever
/// comes from there late, too long or as no JSON at all, each question gets its reply or a problem in words.
/// </summary>
/// <remarks>One question at a time: more wait for their turn.</remarks>
internal sealed class AdminClient(string path, TimeSpan patience) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Connection? _connection;
    private long _lastId;

    /// <summary>Of the socket.</summary>
    public string Path => path;

    /// <summary>Who answered when we connected last; null before.</summary>
    public RelayHello? Hello { get; private set; }

    /// <param name="longer">How long the answer may take, where that is longer than usual.</param>
    public async Task<AdminAnswer> AskAsync(AdminRequest request, CancellationToken cancellation, TimeSpan? longer = null)
    {
        await _turn.WaitAsync(cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(longer ?? patience);
        bool isWell = false;
        try
        {
            // A relay that was started anew has closed our connection; that is known only when it is used.
            bool wasOpen = _connection is not null;
            AdminAnswer? answer = await TryAskAsync(request, limit.Token);
            answer ??= wasOpen ? await TryAskAsync(request, limit.Token) : null;
            isWell = answer is { Code: ExitCode.Ok } or { Code: ExitCode.Refused, Problem: null };
            return answer ?? AdminAnswer.NoReply("the relay closed its admin socket");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return AdminAnswer.NoReply("no reply of its admin socket in time");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return AdminAnswer.NoReply($"its admin socket {path}: there is no such socket file");
        }
        catch (SocketException e)
        {
            return AdminAnswer.NoReply($"its admin socket {path}: {e.Message}");
        }
        finally
        {
            // What comes late would be taken for the reply to the next question.
            if (!isWell)
            {
                await CloseAsync();
            }

            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _turn.Dispose();
    }

    /// <summary>Null when the connection was lost.</summary>
    private async Task<AdminAnswer?> TryAskAsync(AdminRequest request, CancellationToken cancellation)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await Connection.OpenAsync(path, cancellation);
                if (await GreetAsync(_connection, cancellation) is { } problem)
                {
                    return problem;
                }
            }

            return await _connection.AskAsync(request with { Id = ++_lastId }, cancellation);
        }
        catch (IOException)
        {
            await CloseAsync();
            return null;
        }
    }

    private async Task<AdminAnswer?> GreetAsync(Connection connection, CancellationToken cancellation)
    {
        var hello = new AdminRequest { Id = ++_lastId, Ask = AdminWords.Hello };
        if (await connection.AskAsync(hello, cancellation) is not { } answer)
        {
            throw new IOException();
        }

        Hello = answer.Reply?.Hello;
        if (answer.Problem is not null)
        {
            return answer;
        }

        return Hello switch
        {
            null => AdminAnswer.Unintelligible("what listens there does not say who it is; expected the admin socket of an rtpproxy"),
            { Protocol: AdminWords.Version } => null,
            _ => AdminAnswer.Unintelligible($"its admin socket speaks version {Hello.Protocol}; expected {AdminWords.Version}"),
        };
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private sealed class Connection : IAsyncDisposable
    {
        private readonly NetworkStream _stream;
        private readonly PipeReader _source;
        private readonly LineReader _lines;

        private Connection(Socket socket)
        {
            _stream = new NetworkStream(socket, ownsSocket: true);
            _source = PipeReader.Create(_stream);
            _lines = new LineReader(_source, AdminWords.MaxReplyLength);
        }

        public static async Task<Connection> OpenAsync(string path, CancellationToken cancellation)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new Connection(socket);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        /// <summary>Null when the connection was closed.</summary>
        public async Task<AdminAnswer?> AskAsync(AdminRequest request, CancellationToken cancellation)
        {
            byte[] line = JsonSerializer.SerializeToUtf8Bytes(request, AdminJson.Default.AdminRequest);
            await _stream.WriteAsync((byte[])[.. line, (byte)'\n'], cancellation);
            while (true)
            {
                MessageRead read = await _lines.ReadAsync(cancellation);
                if (read.Status == MessageStatus.End)
                {
                    return null;
                }

                if (!read.IsWhole)
                {
                    return AdminAnswer.Unintelligible("a line of its admin socket is too long");
                }

                if (!ReplyReader.TryRead(read.Sequence, out AdminReply? reply, out string? problem))
                {
                    return AdminAnswer.Unintelligible($"what its admin socket answers is not understood: it sent {problem}");
                }

                // A fault without a number is about a line that could not be read, and there was only ours.
                if (reply.Id == request.Id || (reply.Id is null && reply.Error is not null))
                {
                    return AdminAnswer.Of(reply);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _source.CompleteAsync();
            await _stream.DisposeAsync();
        }
    }
}
