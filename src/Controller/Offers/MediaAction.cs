namespace RtpProxy.Controller.Offers;

/// <summary>What is done with a message.</summary>
public enum MediaAction
{
    None,
    Offer,
    Answer,
    Destroy,

    /// <summary>An offer within a dialog came to nothing: the media is what it was before it.</summary>
    TakeBack,
}
