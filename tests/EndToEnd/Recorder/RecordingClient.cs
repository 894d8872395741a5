using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.EndToEnd.Sipp;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Recorder;

/// <summary>What a SIP server's SIPREC module is toward a recording server: one session, message by message (RFC 7866).</summary>
public sealed class RecordingClient : IDisposable
{
    private const string CallId = "recording";
    private readonly IPEndPoint _server;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public RecordingClient(IPEndPoint server)
    {
        _server = server;
        _socket.Bind(new IPEndPoint(Loopback.NextAddress(), 0));
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Offers the server a session, and returns its answer.</summary>
    public async Task<string> InviteAsync(string sdp)
    {
        const string Boundary = "part";
        string body = $"--{Boundary}\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--{Boundary}\r\n"
            + "Content-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n"
            + "<?xml version='1.0'?><recording xmlns='urn:ietf:params:xml:ns:recording:1'><datamode>complete</datamode></recording>\r\n"
            + $"--{Boundary}--\r\n";
        string ok = await AskAsync("INVITE", 1, $"Require: siprec\r\nContent-Type: multipart/mixed;boundary={Boundary}\r\n", body);
        await SendAsync("ACK", 1, ";tag=srs", "", "");
        return new SipText(ok).Body;
    }

    public Task HangUpAsync() => AskAsync("BYE", 2, "", "");

    private async Task<string> AskAsync(string method, int number, string header, string body)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Deadline);
        byte[] buffer = new byte[8192];
        while (true)
        {
            await SendAsync(method, number, method == "BYE" ? ";tag=srs" : "", header, body);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            patience.CancelAfter(TimeSpan.FromMilliseconds(500)); // SIPp may not have its socket yet
            try
            {
                string reply = Encoding.Latin1.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, patience.Token));
                reply.ShouldStartWith("SIP/2.0 200");
                return reply;
            }
            catch (Exception e) when (!limit.IsCancellationRequested && e is OperationCanceledException or SocketException)
            {
                continue;
            }
        }
    }

    private async Task SendAsync(string method, int number, string toTag, string header, string body) => await _socket.SendToAsync(
        Encoding.Latin1.GetBytes(
            $"{method} sip:srs@{_server} SIP/2.0\r\nVia: SIP/2.0/UDP {_socket.LocalEndPoint};branch=z9hG4bK{method}{number}\r\nMax-Forwards: 10\r\n"
            + $"From: <sip:proxy@{_socket.LocalEndPoint}>;tag=src\r\nTo: <sip:srs@{_server}>{toTag}\r\nCall-ID: {CallId}\r\nCSeq: {number} {method}\r\n"
            + $"Contact: <sip:proxy@{_socket.LocalEndPoint}>;+sip.src\r\n{header}Content-Length: {body.Length}\r\n\r\n{body}"),
        _server);
}
