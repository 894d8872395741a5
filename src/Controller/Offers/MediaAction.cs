namespace RtpProxy.Controller.Offers;

/// <summary>What is done with a message.</summary>
public enum MediaAction
{
    None,
    Offer,
    Answer,
    Destroy,
}
