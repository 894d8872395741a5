// A SIP program between a phone and a server, reduced to what anchoring media takes: every message that passes is shown
// to CallMedia, and goes on with the changes made. A real proxy also adds and removes its Via; sipedge does all of it.
//
//   proxy-with-media udp:127.0.0.1:22222 127.0.0.1:5060 192.0.2.10:5060

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Sip;

if (args is not [var relayUrls, var localText, var serverText]
    || !IPEndPoint.TryParse(localText, out IPEndPoint? local)
    || !IPEndPoint.TryParse(serverText, out IPEndPoint? server))
{
    Console.Error.WriteLine("expected: proxy-with-media RELAY LISTEN-ADDRESS:PORT SERVER-ADDRESS:PORT");
    return 2;
}

await using var relays = new RelaySets([RelaySetDefinition.Parse(relayUrls)]);
var media = new CallMedia(relays);

// What ManageAsync said of each INVITE: the replies need it. A proxy keeps it in its transactions, which end; this does not.
var transactions = new ConcurrentDictionary<string, TransactionFacts>();
using var socket = new UdpClient(local);
IPEndPoint phone = server;
while (true)
{
    UdpReceiveResult received = await socket.ReceiveAsync();
    if (!SipMessage.TryParse(received.Buffer, out SipMessage message, out ParseError error))
    {
        Console.Error.WriteLine($"dropped: {error}");
        continue;
    }

    bool fromServer = received.RemoteEndPoint.Equals(server);
    phone = fromServer ? phone : received.RemoteEndPoint;
    string transaction = $"{message.CallId} {message.CSeq?.Number}";
    var context = new MessageContext(received.RemoteEndPoint.Address, local.Address)
    {
        Transaction = transactions.GetValueOrDefault(transaction),
    };
    MediaResult result = await media.ManageAsync(message, context, MediaFlags.Parse("r"));
    if (message.IsRequest && message.Method == "INVITE")
    {
        transactions[transaction] = new TransactionFacts(result.MarksTransaction, InDialog: message.ToTag is not null);
    }

    Console.WriteLine($"{message.Method} {message.StatusCode}: {result.Action} {result.Outcome} {result.Relay} {result.Reason}");
    await socket.SendAsync(result.ApplyTo(message), fromServer ? phone : server);
}
