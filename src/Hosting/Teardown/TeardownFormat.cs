namespace RtpProxy.Hosting.Teardown;

/// <summary>What is asked of a server that is to end calls, by rtpengine's numbers (docs/ng.md, calls that time out).</summary>
public enum TeardownFormat
{
    /// <summary><c>di</c>, for each tag, as SEMS takes it.</summary>
    Tags = 0,

    /// <summary><c>teardown</c> with the Call-ID.</summary>
    CallId = 1,

    /// <summary><c>dlg.terminate_dlg</c> with Call-ID and both tags, as Kamailio's dialog module takes it.</summary>
    Dialog = 2,
}
