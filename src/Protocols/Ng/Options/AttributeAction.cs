namespace RtpProxy.Protocols.Ng.Options;

/// <summary>What is done with the text of attributes (ng protocol, 4.3: <c>sdp-attr</c>).</summary>
public enum AttributeAction
{
    /// <summary>A line is added at the end of its section.</summary>
    Add,

    /// <summary>Lines go.</summary>
    Remove,

    /// <summary>Lines say something else.</summary>
    Substitute,
}
