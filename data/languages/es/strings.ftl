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

# Discord: los comandos
command-ask = preguntar
command-ask-description = Haga una pregunta sobre el artículo
command-topics = temas
command-topics-description = Recorra las preguntas por tema
command-article = artículo
command-article-description = El artículo: su ficha, sus pasajes y enlaces a ellos
command-figures = cifras
command-figures-description = Las cifras del artículo, en una imagen y en palabras
command-help = ayuda
command-help-description = Qué es este bot y qué no es
command-answer-message = Responder esta pregunta
option-question = pregunta
option-question-description = Su pregunta, con sus palabras o de la lista
option-language = idioma
option-language-description = El idioma de la respuesta
option-private = privado
option-private-description = Solo usted ve la respuesta
language-name = Español

# Discord: botones
button-sources = Fuentes
button-why = Por qué esta respuesta
button-related = Relacionadas
button-follow-up = Seguir preguntando
button-share = Compartir
button-report = Señalar un error
button-helpful = Útil
button-not-helpful = No fue útil
button-delete = Borrar
button-none-of-these = Ninguna de estas
button-previous-page = Anterior
button-next-page = Siguiente
button-topics = Ver los temas

# Discord: respuestas
first-contact = Soy Testigo, un bot automático: respondo preguntas sobre un artículo con respuestas escritas por personas, y muestro el pasaje que respalda cada una.
closest = Lo más cercano en el artículo:
sources-of-answer = Los pasajes que respaldan esta respuesta
why-title = Por qué esta respuesta
why-note = Una frase solo es una manera en que alguien podría preguntar; no es una afirmación del artículo. La respuesta la escribieron personas; el bot solo la eligió.
why-not-shown = una que es mejor no repetir aquí
related-choose = Elija una pregunta
related-none = No hay preguntas relacionadas. /temas muestra todo lo que se puede preguntar.
rephrase = Pregunte de nuevo con otras palabras, lo más concreto que pueda: quién, qué, dónde, cuándo, cuántos. /temas muestra qué se puede preguntar.
shared = Compartida en este canal.
deleted = Borrada.
delete-only-asker = Solo quien preguntó puede borrar esta respuesta.
thanks-rating = Anotado. Gracias.
thanks-report = Gracias. Quienes cuidan las respuestas verán este aviso.
answer-gone = Esta respuesta ya no está en la base de conocimientos. Pregunte de nuevo.
old-button = Este botón es de una versión anterior. Pregunte de nuevo.
message-empty = En ese mensaje no hay texto que yo pueda responder.

# Discord: formularios
follow-up-title = Seguir preguntando
follow-up-label = Su pregunta
follow-up-description = Puede continuar la respuesta anterior, por ejemplo: ¿y las mujeres?
report-title = Señalar un error
report-reason = ¿Qué tiene de malo esta respuesta?
report-note = ¿Algo que agregar? (opcional)
report-note-description = Por favor, no escriba nombres ni otros datos personales.
reason-wrong = Es incorrecta
reason-incomplete = Falta algo
reason-outdated = Está desactualizada
reason-offensive = Es ofensiva
reason-translation = Está mal traducida o redactada

# Discord: recorrido
topics-title = Qué se puede preguntar
topics-text = Elija un tema y luego una pregunta. O pregunte con sus propias palabras.
topics-choose-topic = Elija un tema
topics-choose-question = Elija una pregunta
article-title = El artículo
article-authors = Por { $authors }
article-published = Publicado el { $date }
article-updated = actualizado el { $date }
article-passages = Pasajes { $first } a { $last } de { $count }. p1s2 significa párrafo 1, oración 2; cada enlace abre el artículo en el pasaje.
article-version = Testigo { $program }, base de conocimientos { $knowledge }: { $answers } respuestas, { $gaps } preguntas que el artículo no responde.
figures-none = No hay cifras de este artículo.
figures-no-picture = La imagen no se pudo dibujar en este momento; aquí están las cifras en palabras.
help-title = Qué es Testigo
help-is = Un bot automático que responde preguntas sobre un solo artículo: «{ $title }» ({ $outlet }, { $date }). Personas escribieron cada respuesta y la comprobaron con el artículo; ninguna IA escribe las respuestas. Cada respuesta muestra el pasaje que lo dice. Donde el artículo no lo dice, se lo digo.
help-is-not = No soy un buscador ni una autoridad: solo conozco este artículo, a su fecha. No puedo ayudar a encontrar a una persona y no guardo sus preguntas.
help-how = Cómo preguntar: /preguntar, un mensaje directo, o mencióneme en un canal. En un mensaje: Aplicaciones, «Responder esta pregunta». /temas muestra las preguntas, /cifras los números, /artículo la fuente. Idiomas: { $languages }.

# Discord: cuando no funciona
cooldown = Ha hecho muchas preguntas en poco tiempo. Espere { $seconds } s y pregunte de nuevo.
busy = Muchísimas personas están preguntando en este momento. Inténtelo de nuevo en unos segundos.
closing = Me están reiniciando. Pregunte de nuevo en un minuto.
took-too-long = Tardó demasiado. Pregunte de nuevo.
went-wrong = Algo falló de mi lado. Si lo reporta, este número ayuda a encontrarlo: { $reference }
command-changed = Este comando cambió. Recargue Discord e inténtelo de nuevo.
cannot-write = No tengo permiso para escribir en ese canal; por eso le respondo aquí. Un moderador puede darme permiso para enviar mensajes allí.
