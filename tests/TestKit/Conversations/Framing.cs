namespace RtpProxy.TestKit.Conversations;

/// <summary>What the requests and replies of a conversation are.</summary>
public enum Framing
{
    /// <summary>
    /// Commands: the runner adds the LF, and on datagrams a cookie that it takes off the reply again. One request, one reply.
    /// </summary>
    Command,

    /// <summary>Bytes: sent as they are, and the reply is compared as it comes, with its cookie.</summary>
    Raw,
}
