using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng;

/// <summary>
/// The texts behind <c>error-reason</c>, <c>warning</c> and <c>message</c>, as rtpengine writes them: some clients compare
/// them byte for byte (ng protocol, 8.1).
/// </summary>
public static class NgErrors
{
    // Messages (1.2).
    public const string NoPayload = "Invalid data (no payload)";
    public const string UnknownFormat = "Invalid NG data format";
    public const string BadBencode = "Could not decode bencode dictionary";
    public const string BadJson = "Failed to parse JSON document";
    public const string BadJsonDictionary = "Could not decode JSON dictionary";
    public const string NoCommand = "Dictionary contains no key \"command\"";
    public const string UnknownCommand = "Unrecognized command";

    // Keys that a command needs (3.1), and names that are too long (2.1).
    public const string NoSdp = "No SDP body in message";
    public const string NoCallId = "No call-id in message";
    public const string NoFromTag = "No from-tag in message";
    public const string NoToTag = "No to-tag in message";
    public const string NameTooLong = "Failed to parse message";

    // Session descriptions (3.2).
    public const string BadSdp = SdpErrors.Unreadable;
    public const string IncompleteSdp = SdpErrors.Incomplete;
    public const string NoMedia = SdpErrors.NothingToRewrite;
    public const string BadAttributes = "Invalid sdp-attr";

    // Calls and parties. The spelling of "call-id" depends on the command (3.1).
    public const string UnknownCallId = "Unknown call-id";
    public const string UnknownCallIdOfMedia = "Unknown call-ID";
    public const string UnknownCallIds = "Unknown call-ID(s)";
    public const string UnknownFromTag = "Unknown from-tag";
    public const string UnknownToTag = "To-tag not found";
    public const string WrongDirection = "Invalid dialogue association";
    public const string NothingDeleted = "Call-ID not found or tags didn't match";
    public const string UnknownInterface = "Unknown interface";
    public const string InvalidLimit = "invalid limit, must be >= 0";

    // Selection of a party (3.7, 3.8).
    public const string NoSuchTag = "From-tag given, but no such tag exists";
    public const string NoSuchLabel = "No monologue matching the given label";
    public const string NoSuchAddress = "Failed to match address to any tag";
    public const string BadAddress = "Failed to parse network address";
    public const string NoParty = "No participant party specified";
    public const string NoSubscribedMedia = "No medias found (no monologues matched)";

    // Playing (3.8, 3.9) and recording (8.6).
    public const string NoMediaFile = "No media file specified";
    public const string MediaFileFailed = "Failed to start media playback from file";
    public const string NotPlaying = "Not currently playing media";
    public const string BadDtmfCode = "Out of range 'code' specified";
    public const string NoStreamForDtmf = "No SSRC context present for DTMF injection";
    public const string TooMuchDtmf = "Too many digits";
    public const string Unsupported = "unsupported";
    public const string RecordingIsOff = "Recording is not configured";
    public const string BadRecordingFile = "Invalid recording file";

    // What is refused until there is cryptography, ICE and transcoding (4.5, 9.1, 9.5).
    public const string NoTranscoding = "Transcoding is not supported";
    public const string NoSrtp = SdpErrors.SrtpUnsupported;
    public const string NoIce = SdpErrors.IceUnsupported;
    public const string NoBundle = "BUNDLE is not supported";

    // Limits (8.1): Kamailio tries its next node only for the first two, written so.
    public const string SessionLimit = "Parallel session limit reached";
    public const string NoPorts = "Ran out of ports";
    public const string CpuLimit = "CPU usage limit exceeded";
    public const string LoadLimit = "Load limit exceeded";
    public const string BandwidthLimit = "Bandwidth limit exceeded";
    public const string ShuttingDown = "shutting down";
}
