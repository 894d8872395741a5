using System.Net;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.NgFront.Handlers;
using RtpProxy.Relay.Operations;
using AnswerRequest = RtpProxy.Protocols.Ng.Requests.AnswerRequest;
using OfferRequest = RtpProxy.Protocols.Ng.Requests.OfferRequest;

namespace RtpProxy.Protocols.NgFront;

/// <summary>Begins commands of the ng protocol: a message becomes an operation of the relay, whose result becomes the reply.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="startedAt">Of this process, microseconds since the UNIX epoch.</param>
public sealed class NgDesk(RelayOperations relay, NgSettings settings, long startedAt)
{
    private readonly NgClients _clients = new();
    private readonly string _mark = $"{Guid.NewGuid():N}"; // needs no library of cryptography

    /// <summary>The addresses that media is relayed at, and how many of their ports are in use; asked for on any thread.</summary>
    public Func<IReadOnlyList<InterfaceFigures>> Interfaces { get; init; } = () => [];

    /// <summary>Begins a command; it may be finished at once.</summary>
    /// <param name="message">Borrowed for the call.</param>
    /// <param name="now">Microseconds since the UNIX epoch.</param>
    /// <param name="client">Who sent it; null where that is not known.</param>
    public NgRun Begin(in NgMessage message, long now, IPAddress? client = null)
    {
        if (message.ReadDictionary(out string? error) is not { } dictionary)
        {
            return new NgRun(message, new ErrorHandler(error!), null, _clients, client);
        }

        if (!NgRequestReader.TryRead(dictionary, out NgRequest? request, out error))
        {
            return new NgRun(message, new ErrorHandler(error), CommandOf(dictionary), _clients, client);
        }

        return new NgRun(message, HandlerOf(request, new NgSetting(relay, settings, now, _mark)), CommandOf(dictionary), _clients, client);
    }

    private static NgCommand? CommandOf(NgDictionary dictionary) =>
        dictionary["command"].Text is { } command ? NgCommandNames.Find(command) : null;

    private INgHandler HandlerOf(NgRequest request, in NgSetting setting) => request switch
    {
        PingRequest => new PongHandler(),
        OfferRequest offer => new OfferHandler(offer, setting),
        AnswerRequest answer => new AnswerHandler(answer, setting),
        DeleteRequest delete => new DeleteHandler(delete, setting),
        QueryRequest query => new QueryHandler(query, setting),
        ListRequest list => new ListHandler(list, setting),
        RecordingRequest recording => new RecordingHandler(recording, setting),
        PlayMediaRequest play => new PlayHandler(play, setting),
        StopMediaRequest stop => new PlayHandler(stop, setting),
        PlayDtmfRequest dtmf => new PlayDtmfHandler(dtmf, setting),
        StatisticsRequest => new StatisticsHandler(
            setting, TimeSpan.FromMicroseconds(setting.Now - startedAt), _clients, Interfaces),
        ForwardingRequest forwarding => new RefusedHandler(forwarding, setting),
        BlockRequest block => new BlockHandler(block, setting),
        SubscribeRequest subscribe => new SubscribeHandler(subscribe, setting),
        SubscribeAnswerRequest subscribed => new SubscribeAnswerHandler(subscribed, setting),
        PublishRequest publish => new PublishHandler(publish, setting),
        UnsubscribeRequest unsubscribe => new SubscribeAnswerHandler(unsubscribe, setting),
        _ => new ErrorHandler(NgErrors.UnknownCommand),
    };
}
