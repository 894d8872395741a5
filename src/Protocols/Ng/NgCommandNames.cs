namespace RtpProxy.Protocols.Ng;

/// <summary>How the protocol writes its commands.</summary>
public static class NgCommandNames
{
    // In the order of the enumeration: the command, and its name in statistics.
    private static readonly (string Name, string Counter)[] Names =
    [
        ("ping", "ping"),
        ("offer", "offer"),
        ("answer", "answer"),
        ("delete", "delete"),
        ("query", "query"),
        ("list", "list"),
        ("start recording", "startrec"),
        ("stop recording", "stoprec"),
        ("pause recording", "pauserec"),
        ("start forwarding", "startfwd"),
        ("stop forwarding", "stopfwd"),
        ("block DTMF", "blkdtmf"),
        ("unblock DTMF", "unblkdtmf"),
        ("block media", "blkmedia"),
        ("unblock media", "unblkmedia"),
        ("silence media", "slnmedia"),
        ("unsilence media", "unslnmedia"),
        ("play media", "playmedia"),
        ("stop media", "stopmedia"),
        ("play DTMF", "playdtmf"),
        ("statistics", "stats"),
        ("subscribe request", "subreq"),
        ("subscribe answer", "subans"),
        ("unsubscribe", "unsub"),
        ("publish", "pub"),
    ];

    /// <summary>How many commands there are.</summary>
    public static int Count => Names.Length;

    /// <summary>Commands are compared exactly: <c>PING</c> is none.</summary>
    public static NgCommand? Find(string name)
    {
        int index = Array.FindIndex(Names, entry => entry.Name == name);
        return index < 0 ? null : (NgCommand)index;
    }

    /// <summary>As a request names it.</summary>
    public static string Name(this NgCommand command) => Names[(int)command].Name;

    /// <summary>Its part of the keys of <c>controlstatistics</c> (7.5).</summary>
    internal static string Counter(this NgCommand command) => Names[(int)command].Counter;
}
