# Lo que el bot dice alrededor de las respuestas, en español.

as-of = El artículo es del { $date }.
clarify = No sé con certeza a cuál de estas se refiere:
gap-unsure = Parece que el artículo no lo dice. Lo más cercano:
off-topic = Solo puedo responder preguntas sobre el artículo, y esta no parece serlo. Puede preguntar, por ejemplo:
help = Hágame una pregunta sobre el artículo, con sus propias palabras. Por ejemplo:
too-long = Es demasiado largo para mí: pregunte con { $limit } caracteres como máximo.
sources = Fuentes
related = Preguntas relacionadas
none-before = Todavía no hay una respuesta que explicar.
why-matched = Frase que coincidió
why-sure = Seguridad
why-scores = Puntajes: palabras { $words }, significado { $meaning }, ortografía { $spelling }
why-runner-up = Segunda opción
chat-welcome = Testigo responde preguntas sobre { $title }. Escriba una pregunta, o /help.
chat-help = Pregunte lo que quiera sobre el artículo. Un número elige una sugerencia. /topics muestra qué se puede preguntar, /why explica la última respuesta, /lang en, es o pt fija el idioma (/lang auto: el de la pregunta), /quit termina.
chat-unknown-command = No existe ese comando. /help los muestra.
chat-unknown-language = No existe ese idioma. Elija uno de: { $languages }.
chat-language-set = Responderé en español.
chat-language-auto = Responderé en el idioma de cada pregunta.
chat-goodbye = Hasta luego.
