using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// What controllers can ask of the relay, in whatever protocol: each call makes an <see cref="Operation"/>, which the host
/// carries to the worker that owns the call.
/// </summary>
/// <remarks>Thread-safe; takes no locks.</remarks>
public sealed class RelayOperations
{
    private readonly OperationContext _context;

    /// <param name="sessions">Sessions alive now, over all workers. Called on any worker's thread.</param>
    /// <param name="wallOf">A moment as microseconds since the UNIX epoch. Called on any worker's thread.</param>
    public RelayOperations(
        ILocalAddressBook addresses,
        RelayOptions options,
        int workerCount,
        INoticeBoard notices,
        IRecordingStore recordings,
        IPromptLibrary prompts,
        INameResolver names,
        Func<int> sessions,
        Func<Instant, long> wallOf)
    {
        _context = new OperationContext
        {
            Addresses = addresses,
            Options = options,
            WorkerCount = workerCount,
            Notices = notices,
            Recordings = recordings,
            Prompts = prompts,
            Names = names,
            Sessions = sessions,
            WallOf = wallOf,
        };
    }

    /// <summary>The addresses that ports can be opened on.</summary>
    public ILocalAddressBook Addresses => _context.Addresses;

    /// <summary>What the command line says.</summary>
    public RelayOptions Options => _context.Options;

    /// <summary>Who takes notifications.</summary>
    public INoticeBoard Notices => _context.Notices;

    /// <summary>Sessions were made by operations of another process: those of this one come after them. Before the first operation.</summary>
    public void GoOnAfter(IEnumerable<RelayWorker> workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        foreach (RelayWorker worker in workers)
        {
            foreach (Session session in worker.AllSessions)
            {
                _context.GoOnAfter(session.CommandNumber);
            }
        }
    }

    /// <summary>Slow shutdown (control protocol, section 8.2): from now on no session is created. It cannot be undone.</summary>
    public void BeginDrain() => _context.IsDraining = true;

    /// <summary>No session is created any more.</summary>
    public bool IsDraining => _context.IsDraining;

    /// <summary>
    /// Why the machine can take no call more, one of <see cref="Refusal.TooMuchLoad"/> and its like: no call begins while it is
    /// anything but <see cref="Refusal.None"/>. Who measures sets it; those that are there go on and may be changed.
    /// </summary>
    public Refusal Overload { get => _context.Overload; set => _context.Overload = value; }

    /// <summary>A party offers media: a session is made or changed.</summary>
    public OfferOperation Offer(OfferRequest request, in RequestOrigin origin, IReplyRoom room) =>
        new(request, origin, room, _context);

    /// <summary>The other party answers.</summary>
    public AnswerOperation Answer(AnswerRequest request, IReplyRoom room) => new(request, room, _context);

    /// <summary>Ends the media lines of a party.</summary>
    /// <param name="isWeak">Only the flag of one party is taken away.</param>
    public DeleteOperation Delete(string callId, in SessionTags tags, bool isWeak) => new(callId, tags, isWeak, _context);

    /// <summary>Ends every session there is.</summary>
    public DeleteAllOperation DeleteAll() => new(_context);

    /// <summary>Asks for the figures of a party.</summary>
    public QueryOperation Query(
        string callId, in SessionTags tags, IReadOnlyList<FurtherOperation> further, IFiguresReader reader) =>
        new(callId, tags, further, reader, _context);

    /// <summary>Asks for what all workers have counted.</summary>
    public StatisticsOperation Statistics() => new(_context);

    /// <summary>Asks for the same, and for the sessions that there are.</summary>
    public CensusOperation Census() => new(_context);

    /// <summary>Asks whether all workers answer.</summary>
    public RollCallOperation RollCall() => new(_context);

    /// <summary>Asks how the sessions of a call fare.</summary>
    /// <param name="tag">Of one of its parties, with or without media number; null for all sessions of the call.</param>
    public ReportOperation Report(string callId, string? tag) => new(callId, tag, _context);

    /// <summary>Asks how sessions fare: those of one page of a list.</summary>
    /// <param name="take">At most <see cref="SessionListOperation.MaxTake"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the page too long.</exception>
    public SessionListOperation ListSessions(SessionFilter filter, SessionOrder order, int skip, int take) =>
        new(filter, order, skip, take, _context);

    /// <summary>A party offers all media of a call: the call is made or changed.</summary>
    public CallOfferOperation OfferCall(CallRequest request) => new(request, _context);

    /// <summary>The other party answers for all of it.</summary>
    public CallAnswerOperation AnswerCall(CallRequest request) => new(request, _context);

    /// <summary>Ends a call or a branch of it.</summary>
    public CallDeleteOperation DeleteCall(CallDeleteRequest request) => new(request, _context);

    /// <summary>Asks what is known of a call.</summary>
    public CallQueryOperation QueryCall(string callId) => new(callId, _context);

    /// <summary>Asks for the oldest calls.</summary>
    /// <param name="limit">At most <see cref="CallListOperation.MaxCalls"/>.</param>
    public CallListOperation ListCalls(int limit) => new(limit, _context);

    /// <summary>Keeps media of parties back, or lets it go on.</summary>
    public CallGatesOperation SetGate(string callId, PartyChoice who, MediaGates gate, bool isShut) =>
        new(callId, who, gate, isShut, _context);

    /// <summary>Records a whole call, or ends that.</summary>
    public CallRecordOperation RecordCall(string callId, bool isStart) => new(callId, isStart, _context);

    /// <summary>Offers somebody what parties of a call send.</summary>
    public CallSubscribeOperation SubscribeToCall(CallSubscribeRequest request) => new(request, _context);

    /// <summary>A subscriber says where it wants that.</summary>
    public CallSubscribeAnswerOperation AnswerSubscription(string callId, string tag, ImmutableArray<MediaDescription> media) =>
        new(callId, tag, media, _context);

    /// <summary>A subscriber hears no more.</summary>
    public CallUnsubscribeOperation EndSubscription(string callId, string tag) => new(callId, tag, _context);

    /// <summary>Plays something to a party of a call, or to all; null ends what is played.</summary>
    public CallPlayOperation PlayToCall(string callId, PartyChoice who, CallPlayRequest? request) =>
        new(callId, who, request, _context);

    /// <summary>Lets a party of a call, or each, seem to press a digit.</summary>
    public CallDialOperation Dial(string callId, PartyChoice who, in DialledDigit digit) => new(callId, who, digit, _context);

    /// <summary>Plays a prompt to a party.</summary>
    public PlayOperation Play(PlayRequest request) => new(request, _context);

    /// <summary>Ends what is being played to a party.</summary>
    public StopOperation Stop(string callId, in SessionTags tags) => new(callId, tags, _context);

    /// <summary>Records a party into files that the relay names.</summary>
    public RecordOperation Record(RecordRequest request) => new(request, _context);

    /// <summary>Ends recordings and copies of a party.</summary>
    public StopRecordingOperation StopRecording(string callId, in SessionTags tags, bool ofBoth) =>
        new(callId, tags, ofBoth, _context);

    /// <summary>Records a party into files of a given name.</summary>
    public CopyToFileOperation CopyToFile(CopyToFileRequest request) => new(request, _context);

    /// <summary>Sends what a party sends to another host too.</summary>
    public CopyToHostOperation CopyToHost(CopyToHostRequest request, IPortRoom room) => new(request, room, _context);
}
