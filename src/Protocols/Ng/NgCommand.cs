namespace RtpProxy.Protocols.Ng;

/// <summary>The commands that are served (ng protocol, 3.1).</summary>
public enum NgCommand
{
    Ping,
    Offer,
    Answer,
    Delete,
    Query,
    List,
    StartRecording,
    StopRecording,
    PauseRecording,
    StartForwarding,
    StopForwarding,
    BlockDtmf,
    UnblockDtmf,
    BlockMedia,
    UnblockMedia,
    SilenceMedia,
    UnsilenceMedia,
    PlayMedia,
    StopMedia,
    PlayDtmf,
    Statistics,
    SubscribeRequest,
    SubscribeAnswer,
    Unsubscribe,
    Publish,
}
