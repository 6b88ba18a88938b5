namespace Parcours.Configuration;

/// <summary>A setting that cannot be used; the message is one line for whoever set it, and names where.</summary>
sealed class SettingException(string message, Exception? cause = null) : Exception(message, cause);
